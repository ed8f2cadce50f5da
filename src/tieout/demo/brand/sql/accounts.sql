-- Grain: one account of the ledger; one for each role.
select *
from (
    values
        ('1000', 'Cash', 'cash'), ('1100', 'Receivables and channel clearing', 'clearing'),
        ('1200', 'Inventory', 'inventory'), ('1210', 'Inventory in transit', 'in_transit'),
        ('1300', 'Prepayments to suppliers', 'prepaid'), ('1310', 'Goods to come back', 'return_asset'),
        ('2000', 'Payables', 'payables'), ('2100', 'Goods received not invoiced', 'grni'),
        ('2110', 'Freight and duty clearing', 'landed_cost_clearing'), ('2200', 'Sales tax', 'tax'),
        ('2300', 'Refunds to come', 'refund_liability'), ('2400', 'Deferred revenue', 'deferred_revenue'),
        ('3000', 'Opening balances', 'other'), ('4000', 'Sales', 'revenue'), ('4050', 'Shipping income', 'shipping_income'),
        ('4100', 'Discounts', 'discounts'), ('4200', 'Returns', 'returns'), ('4900', 'Compensations', 'recoveries'),
        ('4950', 'Other income', 'other_income'),
        ('5000', 'Cost of goods sold', 'cogs'), ('5100', 'Shrinkage', 'shrinkage'), ('5200', 'Write-offs', 'write_off'),
        ('5300', 'Purchase price variance', 'purchase_price_variance'), ('5400', 'Labour absorbed', 'labour_absorbed'),
        ('5500', 'Freight between places', 'freight'), ('6000', 'Channel fees', 'fees'), ('6100', 'Marketing', 'marketing'),
        ('7000', 'Exchange differences', 'exchange_difference')
) as accounts (account, name, role)

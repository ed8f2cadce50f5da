-- The ledger's accounts. Grain: one account; one account a role.
select *
from (
    values
        ('1100', 'Trade and channel receivables', 'clearing'), ('1200', 'Stock', 'inventory'),
        ('1250', 'Stock on the road', 'in_transit'), ('2100', 'Goods received, not billed', 'grni'),
        ('2150', 'Freight accrued', 'landed_cost_clearing'), ('3000', 'Opening balances', 'other'),
        ('4000', 'Sales', 'revenue'), ('4100', 'Carriage charged', 'shipping_income'), ('4200', 'Refunds', 'returns'),
        ('5000', 'Cost of sales', 'cogs'), ('5100', 'Stock differences', 'shrinkage'),
        ('5200', 'Stock written off', 'write_off'), ('6100', 'Channel and bank fees', 'fees')
) as accounts (account, name, role)

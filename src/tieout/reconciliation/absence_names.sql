-- What it is called when half of an event was booked late, and when it was not booked at all.
-- Grain: one row per type of event and half that has names of its own; any other is ``late_posting``.
from (
    values
        ('shipment', 'goods', 'cogs_lag', 'missing_cogs'),
        ('shipment', 'money', 'revenue_lag', 'missing_revenue'),
        ('customer_return', 'goods', 'return_lag', 'return_cogs_not_reversed'),
        ('refund', 'money', 'return_lag', 'refund_not_posted'),
        ('receipt', 'goods', 'receipt_not_accrued', 'receipt_not_accrued'),
        ('vendor_return', 'goods', 'late_posting', 'vendor_return_unposted'),
        ('transfer', 'goods', 'late_posting', 'transfer_invisible'),
        ('count', 'goods', 'late_posting', 'adjustment_unposted'),
        ('adjustment', 'goods', 'late_posting', 'adjustment_unposted'),
        ('write_off', 'goods', 'late_posting', 'damage_unposted'),
        ('fee', 'money', 'late_posting', 'fee_unposted_or_misplaced'),
        ('settlement', 'money', 'late_posting', 'payout_netting'),
        ('expected_returns', 'goods', 'late_posting', 'expected_return_accrual_missing'),
        ('expected_returns', 'money', 'late_posting', 'expected_return_accrual_missing'),
        ('landed_cost', 'goods', 'late_posting', 'landed_cost_omitted'),
        ('vendor_bill', 'goods', 'late_posting', 'grni_residual'),
        ('opening', 'goods', 'late_posting', 'opening_difference')
) as names (event_type, half, late, missing)

-- What can go wrong with an event, and how often.
-- Grain: one scenario of one kind of event. ``rate``: events in a million, at mid-year; it grows from half to one and
-- a half times that over the months. Each scenario owns a range of the draw (from ``low``), so no event has two.
with declared (event_type, scenario, rate) as (
    values
        ('shipment', 'missing_cogs', 10000), ('shipment', 'missing_revenue', 2000), ('shipment', 'missing_sale', 3000),
        ('shipment', 'duplicate_posting', 3500), ('shipment', 'zero_cost', 9000), ('shipment', 'stale_cost', 14000),
        ('shipment', 'wrong_channel', 8000), ('shipment', 'wrong_location_relief', 4000),
        ('shipment', 'uom_pack', 20000),
        ('shipment', 'cogs_lag', 120000), ('shipment', 'revenue_lag', 30000), ('shipment', 'late_sale', 30000),
        ('shipment', 'revenue_at_order', 100000), ('shipment', 'closed_period_roll', 20000),
        ('shipment', 'late_stale', 20000), ('shipment', 'late_wrong_channel', 15000),
        ('kit shipment', 'kit_component_dropped', 30000),
        ('customer_return', 'return_cogs_not_reversed', 50000), ('customer_return', 'return_lag', 200000),
        ('customer_return', 'return_duplicate', 25000), ('customer_return', 'return_at_current_cost', 60000),
        ('customer_return', 'disposition_wrong', 250000),
        ('refund', 'refund_not_posted', 30000), ('refund', 'return_lag', 100000),
        ('refund', 'refund_treated_as_return', 300000),
        ('receipt', 'receipt_not_accrued', 20000),
        ('transfer', 'transfer_invisible', 40000), ('transfer', 'in_transit_stuck', 20000),
        ('transfer', 'late_posting', 60000),
        ('adjustment', 'adjustment_unposted', 70000), ('adjustment', 'late_posting', 150000),
        ('write_off', 'damage_unposted', 150000),
        ('fee', 'fee_unposted', 25000), ('fee', 'fee_misplaced', 20000), ('fee', 'late_posting', 100000)
)
select
    event_type, scenario, rate,
    coalesce(sum(rate) over (
        partition by event_type order by scenario rows between unbounded preceding and 1 preceding
    ), 0) * 8 // 5 as low
from declared
where not $clean

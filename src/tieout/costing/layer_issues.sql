-- Which receipts funded an issue, and with how much.
-- Grain: one row per take of an issue (or transfer) from a layer, in order of taking. Functional currency.
select
    coalesce(legs.void_of, legs.event_id) as event_id, legs.sku, legs.from_location as location,
    coalesce(origins.void_of, origins.event_id) as receipt_event_id,
    (takes.quantity::decimal(18, 0) * 0.0001)::decimal(18, 4) as quantity, from_minor_units(takes.amount) as amount
from kernel_takes as takes
join valued_legs as legs on takes.leg = legs.row
left join valued_legs as origins on takes.origin = origins.row
order by takes.row

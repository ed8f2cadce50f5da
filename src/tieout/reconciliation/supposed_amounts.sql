-- What each event would have cost in a book without the unbooked costs, where that differs from what it does cost.
-- Grain: one row per event and sku. Functional currency, positive.
select case when legs.void_of is null then legs.booked_under else legs.event_id end as event_id, legs.sku,
    from_minor_units(sum(supposed.amount)) as amount
from valued_legs as legs
join without_unbooked_costs_amounts as supposed using (row)
where legs.operation in ('out', 'move', 'return', 'group_out', 'group_in')
    and not (legs.operation = 'out' and legs.type = 'customer_return')
group by all
having from_minor_units(sum(supposed.amount)) <> sum(legs.amount)

-- The sales that would have cost something else under another rule than the policy's, and whether the ledger has just that.
-- Grain: one row per sale, sku, recording system and hypothesis (``supposed_costs``). Functional currency, positive.
with booked as (
    select sides.unit_id as event_id, sides.sku, coalesce(recorded.source, '') as source, min(sides.date) as date,
        abs(sum(sides.amount)) as amount
    from sides
    join (select distinct journal_id, source from recorded) as recorded using (journal_id)
    left join fates using (unit_kind, unit_id, half, journal_id)
    where sides.side = 'recorded' and sides.unit_kind = 'event' and sides.half = 'goods' and sides.role = 'cogs'
        and coalesce(fates.fate, 'kept') = 'kept' and sides.sku in (select sku from supposed_costs)
    group by sides.unit_id, sides.sku, recorded.source
)
select booked.event_id, booked.source, booked.date, booked.sku, coalesce(items.category, '') as category, supposed.hypothesis,
    booked.amount as booked_amount, booked.amount = supposed.amount as is_borne_out
from booked
join supposed_costs as supposed using (event_id, sku)
left join items using (sku)

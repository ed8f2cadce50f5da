-- Which hypotheses give exactly the value that the ledger booked, and which of those its source bears out as a rule, over all
-- of its time or in the quarter or period in which it booked.
-- Grain: one row per unit, sku, journal and recorded amount among the differences in unit cost.
with journals as (
    select journal_id, min(source) as source, min(date) as booked_on from recorded group by journal_id
),
doubts as (
    select distinct differences.unit_id, differences.sku, differences.journal_id, coalesce(source, '') as source, booked_on,
        recorded_amount
    from differences
    left join journals using (journal_id)
    where step = 'unit_cost' and half = 'goods' and recorded_amount <> 0
)
select doubts.unit_id, doubts.sku, doubts.journal_id, doubts.recorded_amount,
    list_sort(list(distinct supposed.hypothesis)) as fitting,
    list_sort(list(distinct votes.hypothesis) filter (where votes.hypothesis is not null)) as voted
from doubts
join supposed_costs as supposed
    on doubts.unit_id = supposed.event_id and doubts.sku = supposed.sku and abs(doubts.recorded_amount) = supposed.amount
left join intervals on doubts.booked_on = intervals.date
left join cost_votes as votes
    on doubts.source = votes.source and intervals.span = votes.span and doubts.sku = votes.sku
    and supposed.hypothesis = votes.hypothesis
group by all

-- Which hypotheses give exactly the value that the ledger booked, and which of those its source bears out as a rule.
-- Grain: one row per unit, sku, journal and recorded amount among the differences in unit cost.
with doubts as (
    select distinct differences.unit_id, differences.sku, differences.journal_id, recorded.source, recorded_amount
    from differences
    left join (select journal_id, min(source) as source from recorded group by journal_id) as recorded using (journal_id)
    where step = 'unit_cost' and half = 'goods' and recorded_amount <> 0
)
select doubts.unit_id, doubts.sku, doubts.journal_id, doubts.recorded_amount,
    list(supposed.hypothesis order by supposed.hypothesis) as fitting,
    list(votes.hypothesis order by votes.hypothesis) filter (where votes.hypothesis is not null) as voted
from doubts
join supposed_costs as supposed
    on doubts.unit_id = supposed.event_id and doubts.sku = supposed.sku and abs(doubts.recorded_amount) = supposed.amount
left join cost_votes as votes
    on coalesce(doubts.source, '') = votes.source and doubts.sku = votes.sku and supposed.hypothesis = votes.hypothesis
group by all

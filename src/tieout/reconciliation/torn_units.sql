-- Units that must be compared together: a journal that serves several of them and does not balance in each (a payout with one
-- line of cash, say) is one entry for all.
-- Grain: one row per unit of such a journal, with the batch that it joins, named for the journal.
with sums as (
    select journal_id, unit_kind, unit_id, sum(amount) as amount
    from sides
    where side = 'recorded'
    group by all
),
torn as (
    select journal_id from sums group by journal_id having bool_or(amount <> 0)
)
select unit_kind, unit_id, min(journal_id) as batch_id
from sums
semi join torn using (journal_id)
where amount <> 0
group by all

-- Entries without an event of which another one, of the same name, is a copy: all but the first posted.
-- Grain: one row per half of a journal.
with lines as (
    select unit_id, half, journal_id, role, sku, sum(amount) as amount
    from differences
    where step = 'orphan'
    group by all
),
entries as (
    select unit_id, half, journal_id, list({'role': role, 'sku': sku, 'amount': amount} order by role, sku) as amounts
    from lines
    where unit_id <> journal_id
    group by all
)
select half, journal_id
from entries
join (
    select journal_id, min(posted_at) as posted_at from recorded group by journal_id
) as posted using (journal_id)
qualify row_number() over (partition by unit_id, half, amounts order by posted_at nulls last, journal_id) > 1

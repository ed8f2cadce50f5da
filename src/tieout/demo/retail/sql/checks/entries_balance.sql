-- Entries whose lines do not add up to nothing. Grain: one entry; pence.
select journal_id, sum(amount) as difference
from entries
group by journal_id
having sum(amount) <> 0
order by journal_id

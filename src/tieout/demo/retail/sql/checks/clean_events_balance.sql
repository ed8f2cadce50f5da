-- Events of the clean journal whose lines do not add up to nothing. Grain: one event; pence.
select event_id, sum(amount) as difference
from journal
group by event_id
having sum(amount) <> 0
order by event_id

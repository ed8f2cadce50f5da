-- Corrections of one event and cause that do not add up to nothing in a period. Grain: cause, event and period; pence.
select cause, event_id, period, sum(amount) as difference
from truth
group by all
having sum(amount) <> 0
order by all

-- What a cause changes of an event adds up to zero in each period.
select cause, event_id, period, sum(amount) from truth group by all having sum(amount) <> 0

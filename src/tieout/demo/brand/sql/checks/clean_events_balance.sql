-- Each clean event and half adds up to zero, in both views, on each day.
select event_id, half, date, sum(amount), sum(known) from journal group by all having sum(amount) <> 0 or sum(known) <> 0

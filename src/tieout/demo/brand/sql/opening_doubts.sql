-- Opening stock that the ledger carries at another value than its layers.
-- Grain: one opening. Cents; ``more`` is what the ledger has too much.
select events.event_id,
    share(events.quantity * events.unit_cost, 20 + draw(events.event_id, 'opening value', 100), 1000) as more
from stock_events as events
join errors on errors.cause = 'opening_difference' and draw(events.event_id, errors.cause, 1000000) < errors.rate
where events.type = 'opening'

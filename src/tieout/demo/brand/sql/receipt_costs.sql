-- What each receipt brought at its own price, and the bill that came for it.
-- Grain: one receipt of our own goods. Cents; ``own``: at its own price and rate; ``billed``: the bill at the receipt's
-- rate; ``more``: what the bill says more; ``exchange_difference``: what the rate of the bill's day makes of it.
with receipts as (
    select events.event_id, events.sku, events.quantity, events.to_location as location, events.occurred_at, events.document,
        rates.rate, converted(events.quantity * events.unit_cost, rates.rate) as own
    from stock_events as events
    join rates on events.currency = rates.currency and day(events.occurred_at) = rates.rate_date
    where events.type = 'receipt' and events.owner = 'own'
)
select receipts.*, costs.cost_id, costs.effective_at as billed_at,
    converted(costs.amount, receipts.rate) as billed,
    case when costs.quantity = receipts.quantity then billed - own else 0 end as more,
    converted(costs.amount, bill_rates.rate) - billed as exchange_difference
from receipts
left join costs on receipts.event_id = costs.event_id and costs.type = 'vendor_bill'
left join rates as bill_rates on costs.currency = bill_rates.currency and day(costs.effective_at) = bill_rates.rate_date

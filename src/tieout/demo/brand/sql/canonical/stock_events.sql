-- Grain: one movement of one item.
select event_id, type, sku, quantity, nullif(from_location, '') as from_location, nullif(to_location, '') as to_location,
    moment(occurred_at) as occurred_at, moment(recorded_at) as recorded_at,
    case when delivered_at < getvariable('ends') then moment(delivered_at) end as delivered_at,
    dollars(unit_cost) as unit_cost, currency, order_id, line_no, shop(channel) as channel, document, source_event_id,
    disposition, owner, reason,
    shop(system) as system
from stock_events
order by occurred_at, event_id

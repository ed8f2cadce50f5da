-- Goods that come back: sellable ones Dr inventory, Cr cost of goods sold, at what the sale took; damaged ones lose their
-- value at once: Dr write-off for what cannot be recovered.
-- Grain: one row per expected line.
with returned as (
    select
        legs.event_id, legs.leg, legs.sku, legs.operation, legs.to_location, rows.arrives_at,
        legs.to_holding, legs.quantity, legs.amount,
        legs.arrived,
        rows.date, coalesce(rows.disposition, 'sellable') = 'damaged' as is_damaged,
        rows.channel
    from valued_legs as legs
    join stock_rows as rows using (event_id)
    where legs.type = 'customer_return'
),
steps as (
    -- A damaged return's three legs: back, out, and what can be recovered of it.
    select back.*, gone.amount as gone, recovered.amount as recovered
    from returned as back
    join returned as gone on back.event_id = gone.event_id and back.leg + 1 = gone.leg
    join returned as recovered on back.event_id = recovered.event_id and back.leg + 2 = recovered.leg
    where back.is_damaged and back.operation = 'return'
),
lines as (
    select event_id, sku, 'cogs' as role, arrives_at as location, channel, date, -quantity as quantity, -amount as amount
    from returned
    where operation = 'return'
    union all
    select
        event_id, sku, stock_role(to_holding), to_location, null, date, quantity, arrived
    from returned
    where operation = 'return' and not is_damaged or operation = 'in' and amount <> 0
    union all
    select event_id, sku, 'write_off', arrives_at, channel, date, quantity, gone - recovered from steps
    union all
    select event_id, sku, stock_role(to_holding), to_location, null, date, null, arrived - gone from steps where arrived <> gone
)
select event_id, 'customer_return' as event_type, role, sku, location, channel, date,
    quantity::decimal(18, 4) as quantity, amount
from lines

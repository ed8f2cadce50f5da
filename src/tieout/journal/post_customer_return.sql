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
recovered as (
    select event_id, sku, leg, amount from returned where is_damaged and operation = 'in'
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
    select returned.event_id, returned.sku, 'write_off', arrives_at, channel, date, quantity,
        returned.amount - coalesce(recovered.amount, 0)
    from returned
    left join recovered
        on returned.event_id = recovered.event_id and returned.sku = recovered.sku and returned.leg + 2 = recovered.leg
    where is_damaged and operation = 'return'
)
select event_id, 'customer_return' as event_type, role, sku, location, channel, date,
    quantity::decimal(18, 4) as quantity, amount
from lines

-- Events that were withdrawn after they had counted (as known then): the goods go back where they came from, under the event, at
-- the day of the withdrawal. What leaves at another cost than it came with is purchase price variance.
-- Grain: one row per expected line.
with taken_back as (
    select legs.void_of, rows.type, legs.sku, legs.operation, legs.from_location, legs.to_location, legs.from_holding,
        legs.to_holding, coalesce(rows.ships_from, rows.arrives_at) as place, rows.channel, legs.date, legs.quantity,
        legs.amount, legs.arrived,
        case when legs.operation = 'out' and rows.type in ('opening', 'receipt') then coalesce(own.own_value, own.amount)
            else legs.amount end as undone,
        case rows.type when 'shipment' then 'cogs' when 'customer_return' then 'cogs' when 'opening' then 'other'
            when 'receipt' then 'grni' when 'vendor_return' then 'grni' when 'write_off' then 'write_off'
            when 'status_change' then 'write_off' when 'transfer' then 'write_off' else 'shrinkage' end as role
    from valued_legs as legs
    join stock_rows as rows on legs.void_of = rows.event_id
    join valued_legs as own on legs.void_of = own.event_id and legs.leg = -own.leg
    where legs.type = 'void'
),
lines as (
    select *, stock_role(from_holding) as line_role, from_location as line_location, -quantity as line_quantity,
        -amount as line_amount
    from taken_back
    where operation in ('out', 'move')
    union all
    select *, stock_role(to_holding), to_location, quantity, arrived
    from taken_back
    where operation in ('return', 'move')
    union all
    select *, role, place, case when operation = 'out' then quantity else -quantity end,
        case when operation = 'out' then undone else -undone end
    from taken_back
    where operation <> 'move'
    union all
    select *, 'purchase_price_variance', place, null,
        case when operation = 'out' then amount - undone when operation = 'return' then undone - arrived
            else amount - arrived end
    from taken_back
)
select void_of as event_id, 'void' as event_type, line_role as role, sku, line_location as location,
    case when line_role in ('cogs', 'write_off') then channel end as channel, date,
    case when line_role in ('inventory', 'in_transit', 'cogs', 'write_off', 'shrinkage') then line_quantity end
        ::decimal(18, 4) as quantity,
    line_amount as amount
from lines

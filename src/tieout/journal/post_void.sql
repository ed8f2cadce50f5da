-- Events that were withdrawn after they had counted (as known then): on the day of the withdrawal the goods go back where they
-- came from, and every other line of the event is taken back (all of an assembly under its first product's row). What goods leave
-- at another cost than they came with is purchase price variance.
-- Grain: one row per expected line.
with withdrawn as (
    select rows.event_id, coalesce(assemblies.event_id, rows.event_id) as booked_under, rows.sku,
        coalesce(ships_from, arrives_at) as place, local_date(voided_at) as voided_on
    from stock_rows as rows
    left join assemblies on rows.type in ('assembly_in', 'assembly_out') and rows.document = assemblies.document
    where voided_at is not null
),
booked as (
    from posted
    where rule in ('opening', 'receipt', 'shipment_goods', 'customer_return', 'stock_adjustment', 'write_off', 'damage',
            'vendor_return', 'variance', 'true_up', 'dropship', 'excess_credit')
        or rule = 'assembly' and role = 'purchase_price_variance'
    union all by name
    select goods.event_id, 'assembly' as event_type, 'labour_absorbed' as role, goods.sku, arrives_at as location,
        null as quantity, -labour as amount
    from moved_goods as goods
    join stock_rows as rows using (event_id)
    where goods.type = 'assembly_in' and labour <> 0 and goods.document in (select document from assemblies)
),
legs as (
    select void_of as event_id, sku, operation, from_location, to_location, from_holding, to_holding, quantity, amount, arrived
    from valued_legs
    where type = 'void'
),
lines as (
    select event_id, stock_role(from_holding) as role, sku, from_location as location, null as channel,
        -quantity as quantity, -amount as amount
    from legs
    where operation in ('out', 'move')
    union all
    select event_id, stock_role(to_holding), sku, to_location, null, quantity, arrived
    from legs
    where operation in ('return', 'move')
    union all
    select booked.event_id, booked.role, booked.sku, booked.location, booked.channel, -booked.quantity, -booked.amount
    from booked
    semi join withdrawn using (event_id)
    where booked.role not in ('inventory', 'in_transit') and booked.event_type <> 'void'
),
taken_back as (
    select withdrawn.*, lines.* exclude (event_id, sku), lines.sku as line_sku
    from lines
    join withdrawn using (event_id)
)
select booked_under as event_id, 'void' as event_type, role, line_sku as sku, location, channel, voided_on as date,
    quantity::decimal(18, 4) as quantity, amount
from taken_back
union all
select booked_under, 'void', 'purchase_price_variance', arg_min(sku, (event_id <> booked_under, event_id)),
    arg_min(place, (event_id <> booked_under, event_id)), null, voided_on, null, -sum(amount)
from taken_back
group by booked_under, voided_on

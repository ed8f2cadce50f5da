-- The clean journal: what every event means, Dr and Cr, with the dimensions that each role carries.
-- Grain: one line of one event; a kit's dispatch has two goods lines per component. Pence, debit +, credit -;
-- ``known`` is the amount as a ledger books it that never saw the omitted freight bills. Empty text is no dimension.
with sold as (
    select event_id, 'shipment' as event_type, 'money' as half, shipped_at as moment, shipped_at as known_at,
        order_id as document, sku, '' as debit_location, '' as credit_location, channel, null as quantity,
        value as amount, value as known, 'clearing' as debit,
        case when sku in ('POST', 'DOT', 'C2') then 'shipping_income' else 'revenue' end as credit
    from shipments
),
issued as (
    select parts.event_id, 'shipment', 'goods', parts.moment, parts.moment, shipments.order_id,
        parts.sku, parts.location, parts.location, parts.channel, parts.quantity, legs.value, legs.known_value,
        'cogs', 'inventory'
    from shipped_parts as parts
    join shipments using (event_id)
    join valued_legs as legs on parts.event_id = legs.event_id and parts.sku = legs.sku
),
returned as (
    select credits.return_id, 'customer_return', 'goods', credits.returned_at, credits.returned_at, credits.invoice,
        credits.sku, credits.location, credits.location, credits.channel, legs.quantity, legs.value, legs.known_value,
        case when credits.is_damaged then 'write_off' else 'inventory' end, 'cogs'
    from credit_lines as credits
    join valued_legs as legs on credits.return_id = legs.event_id
    where credits.is_goods_back
),
refunded as (
    select refund_id, 'refund', 'money', moment, moment, invoice, sku, '', '', channel, null, value, value,
        'returns', 'clearing'
    from credit_lines
    where outcome <> 'unmatched'
),
bought as (
    select event_id, type, 'goods', moment, moment, document, sku, location, location, '', quantity, worth, worth,
        'inventory', case type when 'opening' then 'other' else 'grni' end
    from purchases
),
landed as (
    select cost_id, 'landed_cost', 'goods', received_at, effective_at, document, sku, location, location, '', null,
        amount, amount, 'inventory', 'landed_cost_clearing'
    from landed_costs
),
moved as (
    select transfers.event_id, 'transfer', 'goods', moment, moment, document,
        transfers.sku, to_location, from_location, '', legs.quantity, legs.value, legs.known_value,
        case to_location when 'ROAD' then 'in_transit' else 'inventory' end,
        case from_location when 'ROAD' then 'in_transit' else 'inventory' end
    from transfers
    join valued_legs as legs using (event_id)
),
corrected as (
    select stock.event_id, stock.type, 'goods', moment, moment, null, stock.sku, location, location, '',
        legs.quantity, legs.value, legs.known_value,
        case when is_inflow then 'inventory' when type = 'write_off' then 'write_off' else 'shrinkage' end,
        case when is_inflow then 'shrinkage' else 'inventory' end
    from corrections_of_stock as stock
    join valued_legs as legs using (event_id)
),
charged as (
    select fee_id, 'fee', 'money', moment, moment, order_id, '', '', '', channel, null,
        amount, amount, 'fees', 'clearing'
    from charged_fees
),
pairs as (
    from sold union all from issued union all from returned union all from refunded union all from bought
    union all from landed union all from moved union all from corrected union all from charged
),
lines as (
    select pairs.* exclude (debit, credit, debit_location, credit_location, amount, known),
        sides.side,
        case sides.side when 1 then debit else credit end as role,
        case sides.side when 1 then debit_location else credit_location end as place,
        sides.side * amount as amount, sides.side * known as known
    from pairs
    cross join (values (1), (-1)) as sides (side)
    where amount <> 0 or known <> 0
)
select
    event_id, event_type, half, moment, known_at + interval 20 minute as posted_at, document, role,
    sku_of(role, sku) as sku, location_of(role, place) as location, channel_of(role, channel) as channel,
    case when role in ('inventory', 'in_transit', 'cogs', 'write_off', 'shrinkage') then side * quantity end
        as quantity,
    amount, known
from lines

-- Lines of the ledger that belong to no clean line: copies, kits as such, goods of refunds that brought none back, goods of
-- others, test orders, entries voided a month later, sales that were oversold, and what people posted by hand.
-- Grain: one line. ``entry`` tells the entries of one event and day apart; what ``voids`` is set takes back the entry of that
-- name. Cents.
with copies as (
    select event_id, half, booked_on + draw(event_id, 'copy', 3)::integer as date,
        posted_at + 5700 + draw(event_id, 'copy', 3) * 86400 as posted_at, document, 'copy' as entry,
        booked_role as role, booked_sku as sku, booked_location as location, booked_channel as channel,
        booked_quantity as quantity, booked_amount as amount, copied_cause as cause,
        case copied_cause when 'return_duplicate' then 'returns portal' else 'second connector' end as source,
        null as voids, null as memo
    from booked
    where copied_cause is not null and missing_cause is null and booked_amount <> 0
),
sides as (
    select * from (values (1), (-1)) as sides (side)
),
issues as (
    -- A kit relieved as such, or by the components of its earlier version.
    select plants.event_id, plants.cause, facts.happened_at, facts.source, facts.from_location as location, goods.*
    from plants
    join events as facts using (event_id)
    cross join lateral (
        select facts.sku as sku, facts.quantity as quantity, facts.cost * 9 // 10 as cost where plants.change = 'unexploded'
        union all
        select versions.sku, versions.units, share(known.known, versions.units, known.quantity)
        from other_versions as versions
        join legs as known on versions.event_id = known.event_id and versions.sku = known.sku
        where plants.change = 'other version' and versions.event_id = plants.event_id
    ) as goods
),
misissued as (
    select event_id, 'goods', day(happened_at), happened_at, null, '', if(side = 1, 'cogs', 'inventory'), sku, location,
        if(side = 1, source, ''), side * quantity, side * cost, cause, source, null, null
    from issues
    cross join sides
),
kept as (
    select refunds.refund_id, refunds.refunded_at, refunds.order_id, refunds.channel, sales.sku, sales.from_place as place,
        refunds.quantity, share(sales.known, refunds.quantity, sales.quantity) as cost
    from refunds
    join legs as sales on refunds.shipment_id = sales.event_id and refunds.sku = sales.sku
    join errors on errors.cause = 'refund_treated_as_return' and draw(refund_id, errors.cause, 1000000) < errors.rate
    where refunds.restock_type = 'no_restock' and refunded_at < getvariable('settled') and cost > 0
        and refund_id not in (select event_id from plants)
),
restocked as (
    select refund_id, 'goods', day(refunded_at), refunded_at, order_id, '', if(side = 1, 'inventory', 'cogs'), sku, place,
        if(side = 1, '', channel), side * quantity, side * cost, 'refund_treated_as_return', channel, null, null
    from kept
    cross join sides
),
of_others as (
    select event_id, 'goods', day(occurred_at), occurred_at, null, '', if(side = 1, 'inventory', 'grni'), sku, to_location, '',
        if(side = 1, quantity, null), side * quantity * unit_cost, 'non_owned_valued', 'wms', null, null
    from stock_events
    join errors on errors.cause = 'non_owned_valued' and draw(event_id, errors.cause, 1000000) < errors.rate
    cross join sides
    where type = 'receipt' and owner = 'consigned' and occurred_at < getvariable('settled')
),
models as (
    -- Sales that a test or a foreign order looks like.
    select events.*, errors.cause,
        getvariable('prefix') || case errors.cause when 'orphan_connector_entry' then 'TEST-' else 'VOID-' end || event_id as id
    from events
    join errors on errors.cause in ('orphan_connector_entry', 'reversal_other_period')
        and draw(event_id, errors.cause, 1000000) < errors.rate
    where kind_of_event = 'shipment' and money >= 1000 and cost > 0 and not has_true_up
        and happened_at < getvariable('settled') - 35 * 86400
),
strangers as (
    select models.id, journal.half, journal.date, journal.happened_at, null, '', role, journal.sku, location, channel,
        journal.quantity,
        known, models.cause, models.source, null, null
    from models
    join journal using (event_id)
    union all
    select models.id, journal.half, next_month(journal.date) + 8, midnight(next_month(journal.date) + 8) + 39600, null, 'void',
        role, journal.sku, location, channel, -journal.quantity, -known, models.cause, models.source, '', null
    from models
    join journal using (event_id)
    where models.cause = 'reversal_other_period'
),
oversold as (
    -- The order was booked as it came, and taken back; the goods were not, or were twice.
    select lines.*, errors.cause, believed.unit_cost * lines.quantity as cost, lines.unit_price * lines.quantity as price
    from order_lines as lines
    join errors on errors.cause in ('oversell_reversal_incomplete', 'oversell_double_correction')
        and draw(order_id || line_no, errors.cause, 1000000) < errors.rate
    join believed_costs as believed
        on lines.sku = believed.sku and believed.month = date_trunc('month', moment(lines.ordered_at))::date
    where cancel_reason = 'oversold' and cancelled_at < getvariable('settled') and believed.unit_cost > 0
    qualify row_number() over (partition by order_id order by errors.cause, line_no) = 1
),
promises as (
    select order_id, 'money' as half, day(ordered_at) as date, ordered_at, order_id as document, 'sale' as entry,
        if(side = 1, 'clearing', 'revenue') as role, sku, '' as place, channel, null as quantity, side * price as amount,
        null as cause, channel as source,
        null as voids, null as memo
    from oversold cross join sides
    union all
    select order_id, 'money', day(cancelled_at), cancelled_at, order_id, 'cancelled sale', if(side = 1, 'revenue', 'clearing'),
        sku, '',
        channel, null, side * price, null, channel, 'sale', null
    from oversold cross join sides
    union all
    select order_id, 'goods', day(ordered_at), ordered_at, order_id, 'issue', if(side = 1, 'cogs', 'inventory'), sku, 'MAIN',
        if(side = 1, channel, ''), side * quantity, side * cost,
        if(cause = 'oversell_reversal_incomplete', cause, null), channel, null, null
    from oversold cross join sides
    union all
    select order_id, 'goods', day(cancelled_at), cancelled_at, order_id, 'taken back', if(side = 1, 'inventory', 'cogs'), sku,
        'MAIN',
        if(side = 1, '', channel), side * quantity, side * cost, null, channel, 'issue', null
    from oversold cross join sides
    where cause = 'oversell_double_correction'
    union all
    select order_id, 'goods', day(cancelled_at) + 2, cancelled_at + 2 * 86400, order_id, 'put back',
        if(side = 1, 'inventory', 'shrinkage'), sku, 'MAIN', '',
        side * quantity, side * cost, cause, 'manual', null, 'oversold, put back'
    from oversold cross join sides
    where cause = 'oversell_double_correction'
),
manual as (
    select getvariable('prefix') || 'MJE-' || month_of(month), 'goods', last_day(month), midnight(last_day(month)) + 68340,
        null, '',
        if(side = 1, 'cogs', 'inventory'), '', '', '', null, side * (40000 + draw(month::varchar, 'true-up', 90000)),
        'unsupported_manual_je', 'manual', null, 'true-up to the warehouse report'
    from months
    join errors on errors.cause = 'unsupported_manual_je' and draw(month::varchar, errors.cause, 1000000) < errors.rate
    cross join sides
    where midnight(last_day(month)) < getvariable('settled')
)
from copies union all from misissued union all from restocked union all from of_others union all from strangers
union all from promises union all from manual

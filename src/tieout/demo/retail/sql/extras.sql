-- Lines of the ledger that belong to no clean line: copies, a kit's card cost, goods of a refund that brought none
-- back, test orders, entries voided a month later and manual true-ups.
-- Grain: one line. ``entry`` tells the entries of one event and day apart; ``reverses`` names the entry that this one
-- voids. Pence.
with copies as (
    select event_id, booked_on + draw(event_id, 'copy', 3)::integer as booked_on,
        booked_at + draw(event_id, 'copy', 3) * interval 1 day + interval 95 minute as booked_at,
        document, 'copy' as entry,
        booked_role as role, booked_sku as sku, booked_location as location, booked_channel as channel,
        booked_quantity as quantity, booked_amount as amount, copied_cause as cause,
        case copied_cause when 'return_duplicate' then 'returns portal' else 'second connector' end as source
    from booked
    where copied_cause is not null and missing_cause is null
),
sides as (
    select * from (values (1), (-1)) as sides (side)
),
card_costs as (
    select shipments.*, pence(shipments.quantity * costs.unit_cost) as cost
    from plants
    join shipments using (event_id)
    join monthly_costs as costs on shipments.sku = costs.sku and costs.month = 0
    where plants.scenario = 'kit_not_exploded'
),
unexploded as (
    select event_id, shipped_at::date, shipped_at + interval 20 minute, order_id, '',
        case side when 1 then 'cogs' else 'inventory' end, sku, location, case side when 1 then channel else '' end,
        side * quantity, side * cost, 'kit_not_exploded', 'connector'
    from card_costs
    cross join sides
),
kept as (
    select credits.*,
        (2 * valued_legs.known_value * credits.quantity + valued_legs.quantity) // (2 * valued_legs.quantity) as cost
    from plants
    join credit_lines as credits on plants.event_id = credits.refund_id
    join valued_legs on credits.sale_event = valued_legs.event_id and credits.sku = valued_legs.sku
    where plants.scenario = 'refund_treated_as_return'
),
restocked as (
    select refund_id, moment::date, moment + interval 20 minute, invoice, '',
        case side when 1 then 'inventory' else 'cogs' end, sku, location, case side when 1 then '' else channel end,
        side * quantity, side * cost, 'refund_treated_as_return', 'connector'
    from kept
    cross join sides
    where cost > 0
),
models as (
    select *, row_number() over (order by draw(event_id, 'test order', 1000000000), event_id) as number
    from (
        select event_id
        from journal
        where event_type = 'shipment' and not $clean
            and moment < (select max(moment) from journal) - interval 45 day
        group by event_id
        having count(*) = 4 and max(amount) >= 1000
    )
    qualify number <= 60
),
tests as (
    select 'TEST-' || lpad(number::varchar, 4, '0'), moment::date, posted_at, null, '',
        role, sku, location, channel, quantity, known, 'orphan_connector_entry', 'connector'
    from models
    join journal using (event_id)
    where number <= 45
),
voided as (
    select 'TEST-' || lpad(number::varchar, 4, '0'),
        case turns.turn when 1 then moment::date else next_month(moment) + 8 end,
        case turns.turn when 1 then posted_at else next_month(moment) + 8 + interval 11 hour end, null, turns.entry,
        role, sku, location, channel, turns.turn * quantity, turns.turn * known, 'reversal_other_period', 'connector'
    from models
    join journal using (event_id)
    cross join (values (1, ''), (-1, 'void')) as turns (turn, entry)
    where number > 45
),
months as (
    select distinct last_day(moment) as day, month_number(moment) as month
    from journal
    where not $clean and last_day(moment) < (select max(moment) from journal) - interval 3 day
),
manual as (
    select 'MJE-' || month_of(day), day, day + interval 1139 minute, null, '',
        case side when 1 then 'cogs' else 'inventory' end,
        '', '', '', null, side * (40000 + month * 9000 + draw(day::varchar, 'true-up', 20000)), 'unsupported_manual_je',
        'manual'
    from months
    cross join sides
)
from copies union all from unexploded union all from restocked union all from tests union all from voided
union all from manual

-- Which event carries which error. Only what is ten days older than the last event, so that nothing is merely in
-- flight. Kits carry kit errors only: Amazon and eBay never explode them, the web shop does for half of them.
-- Grain: one event with an error. ``stale``, ``current``: the goods' value at a cost five months old, and at the cost
-- of the pool when a return came in; pence. ``pack``: units in a case.
with events as (
    select
        event_id, any_value(event_type) as event_type, min(moment) as moment,
        coalesce(sum(amount) filter (where half = 'money' and amount > 0), 0) as money,
        coalesce(sum(known) filter (where half = 'goods' and known > 0), 0) as cost,
        bool_or(amount <> known) as is_carrier
    from journal
    group by event_id
),
described as (
    select
        events.*,
        month_number(events.moment) as month,
        case when month > 0 then greatest(month - 5, 0) end as old_month,
        events.moment::date >= last_day(events.moment) - 2 as is_month_end,
        shipments.sku, shipments.quantity, shipments.channel, shipments.ordered_at,
        coalesce(shipments.is_kit, false) as is_kit,
        products.pack_size as pack,
        case when event_type = 'shipment' and is_kit then 'kit shipment' when event_type = 'count' then 'adjustment'
            else event_type end as kind
    from events
    left join shipments using (event_id)
    left join products using (sku)
    where events.moment < (select max(moment) from journal) - interval 10 day
),
returned as (
    select valued_legs.*
    from valued_legs
    semi join credit_lines on valued_legs.event_id = credit_lines.return_id
),
credits as (
    select refund_id as event_id, is_damaged, not is_goods_back and outcome = 'returned' as is_kept from credit_lines
    union all
    select return_id, is_damaged, false from credit_lines
),
valued as (
    select
        described.*,
        pence(described.quantity * old.unit_cost) as stale,
        (2 * pool.value_before * pool.quantity + pool.units_before) // (2 * nullif(pool.units_before, 0)) as current,
        pool.value_before = pool.known_value_before as is_pool_known,
        credits.is_damaged, coalesce(credits.is_kept, false) as is_kept,
        transfers.from_location, transfers.to_location, coalesce(fees.is_real, false) as is_real_fee,
        draw(described.event_id, 'plant', 1000000) as draw
    from described
    left join monthly_costs as old
        on described.sku = old.sku and described.old_month = old.month
    left join returned as pool on described.event_id = pool.event_id
    left join credits on described.event_id = credits.event_id
    left join transfers on described.event_id = transfers.event_id
    left join charged_fees as fees on described.event_id = fees.fee_id
),
drawn as (
    select
        valued.*, scenarios.scenario,
        case scenarios.scenario
            when 'missing_cogs' then cost >= 20 and money > 0
            when 'missing_revenue' then money >= 100 and cost > 0
            when 'missing_sale' then money > 0 and cost > 0
            when 'duplicate_posting' then money > 0 and cost > 0
            when 'zero_cost' then cost >= 20 and money > 0 and not is_carrier
            when 'stale_cost' then money > 0 and cost > 0 and stale <> cost and stale > 0 and not is_carrier
            when 'wrong_channel' then money > 0 and cost > 0
            when 'wrong_location_relief' then cost > 0 and not is_carrier
            when 'uom_pack' then pack > 1 and quantity % pack = 0 and cost % pack = 0 and cost > 0 and not is_carrier
            when 'cogs_lag' then is_month_end and cost > 0 and money > 0
            when 'revenue_lag' then is_month_end and cost > 0 and money > 0
            when 'late_sale' then is_month_end and cost > 0 and money > 0
            when 'revenue_at_order' then month_number(ordered_at) < month and cost > 0 and money > 0
            when 'closed_period_roll' then is_month_end and cost > 0 and money > 0
            when 'late_stale' then is_month_end and money > 0 and stale <> cost and stale > 0 and not is_carrier
            when 'late_wrong_channel' then is_month_end and cost > 0 and money > 0
            when 'return_cogs_not_reversed' then not is_damaged
            when 'return_lag' then is_month_end
            when 'return_at_current_cost' then not is_damaged and not is_carrier and is_pool_known and current <> cost
            when 'disposition_wrong' then is_damaged
            when 'refund_treated_as_return' then is_kept
            when 'transfer_invisible' then to_location = 'SOUTH'
            when 'in_transit_stuck' then from_location = 'ROAD'
            when 'late_posting' then is_month_end and coalesce(to_location, 'SOUTH') = 'SOUTH' and not is_real_fee
            when 'fee_unposted' then not is_real_fee
            when 'fee_misplaced' then not is_real_fee
            else true
        end as is_eligible
    from valued
    asof join scenarios on valued.kind = scenarios.event_type and valued.draw >= scenarios.low
    where valued.draw < scenarios.low + scenarios.rate * (6 + valued.month) // 12
),
ruled as (
    select event_id, 'sku_mismap' as scenario, moment, ordered_at, null as stale, null as current, null as pack
    from valued
    where kind = 'shipment' and channel = 'dotcom' and month > 0 and cost > 0 and money > 0 and not is_carrier
        and sku in (select sku from mismaps)
    union all
    select event_id, 'kit_not_exploded', moment, ordered_at, null, null, null
    from valued
    where kind = 'kit shipment' and cost > 0 and money > 0 and not $clean
        and (channel in ('amazon', 'ebay') or channel = 'dotcom' and draw(sku, 'exploded', 2) = 0)
    union all
    select cost_id, 'landed_cost_omitted', received_at, null, null, null, null from landed_costs where is_omitted
)
select * from ruled
union all
select event_id, scenario, moment, ordered_at, stale, current, pack
from drawn
anti join ruled using (event_id)
where is_eligible

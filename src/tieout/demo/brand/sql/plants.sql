-- Which event has which error. Only what lies some days before the end, so that nothing is merely on its way.
-- Grain: one event and step. ``half``: goods, money, true-up or all of its entry.
with ends as (
    select getvariable('ends') as ends, getvariable('settled') as settled
),
drawn as (
    select events.*, effects.cause, effects.half, effects.step, effects.change,
        -- A connector that books with the payout does so for all of its sales.
        draw(if(effects.change = 'with payout', events.source || events.paid_out_at, events.event_id),
            effects.cause || effects.change, 1000000) as drawn,
        errors.rate * case when not effects.from_transport then 1.0 when outages.source is not null then 15.0 else 0.6 end
            as rate
    from events
    join effects on events.kind_of_event = effects.kind
    join errors on effects.cause = errors.cause
    left join outages on events.source = outages.source and events.happened_at >= outages.starts_at
        and events.happened_at < outages.ends_at
    where effects.cause not in ('wrong_method', 'location_cost_pool', 'blended_cogs', 'sku_mismap')
    qualify row_number() over (partition by events.event_id, effects.cause, effects.change order by outages.starts_at) = 1
),
possible as (
    select drawn.*,
        (happened_at < settled) = (change <> 'on its way') and case change
            when 'missing' then case cause
                when 'missing_sale' then money > 0 and cost > 0
                when 'missing_cogs' then cost >= 20 and money > 0
                when 'missing_revenue' then money >= 100 and cost > 0
                when 'negative_stock_estimate' then has_true_up and months = 1
                when 'payout_netting' then drawn % 2 = 0
                when 'landed_cost_omitted' then false
                when 'grni_residual' then event_id in (select cost_id from receipt_costs where more = 0)
                    and event_id not in (select document_id from flaws)
                else true end
            when 'on its way' then happened_at >= ends - 100000 and last_day(date) = last_day(day(ends - 1))
                and last_day(date) <> day(ends - 1)
            when 'deleted' then cost > 0 and money > 0
            when 'unexploded' then cost > 0 and money > 0
            when 'dropped' then skus > 1 and cost > 0 and money > 0
            when 'other version' then cost > 0 and money > 0 and event_id in (select event_id from other_versions)
            when 'by the bill' then event_id in (select event_id from receipt_costs where billed_at < settled and more = 0
                and exchange_difference = 0 and billed_at > occurred_at and billed = own and rate = 10000)
            when 'trip' then false
            when 'arrival' then event_id in (select event_id from legs where kind = 'transfer' and from_place = 'ROAD')
            when 'copied' then cost > 0
            when 'late' then is_month_end and cost + money > 0 and months = 1
            when 'at order' then date_trunc('month', moment(ordered_at)) < month and cost > 0 and money > 0 and months = 1
            when 'rolled' then is_month_end and cost > 0 and money > 0 and months = 1
            when 'other clock' then day(happened_at + 25200) <> date and last_day(day(happened_at + 25200)) <> last_day(date)
                and months = 1
            when 'with payout' then paid_out_at < ends and months = 1
            when 'at bill' then event_id in (select event_id from receipt_costs where billed_at < occurred_at
                and last_day(day(billed_at)) < last_day(day(occurred_at)))
            when 'inventory' then disposition = 'damaged'
            when 'marketing' then discounts > 0
            when 'revenue' then recoveries = 0
            when 'compensation' then recoveries > 0
            when 'deposit' then event_id in (select payment_id from vendor_payments where is_prepayment)
            when 'variance' then months = 1 and event_id in (select cost_id from receipt_costs where more <> 0)
            when 'location' then cost > 0 and from_location in ('MAIN', 'WEST') and not is_carrier and not has_true_up
            when 'channel' then money > 0
            when 'zero' then cost >= 20 and money > 0
            when 'believed' then believed > 0 and believed <> cost
            when 'as known' then as_known > 0 and as_known <> cost and as_known <> coalesce(averaged, 0)
            when 'rounded' then rounded <> cost and abs(rounded - cost) <= quantity
            when 'pack' then pack_size > 1 and quantity % pack_size = 0 and cost % pack_size = 0 and cost > 0
            when 'as ordered' then shipments = 1 and ordered > quantity and cost % quantity = 0
                and cost > 0 and discount = 0 and shipping = 0 and (tax * ordered) % quantity = 0
            when 'edited' then cost > 40
            when 'tax' then tax > 0 or line_tax > 0 and source in ('amazon', 'walmart') and quantity = ordered
            when 'current' then disposition = 'sellable' and units_before > 0 and is_pool_known
                and share(cents_before, back_quantity, nullif(greatest(units_before, 0), 0)) <> cost
            when 'rate' then false
            when 'by units' then event_id in (select cost_id from freight_shares group by all having bool_or(amount <> by_units))
            else true
        end and (step <> 'value' or change = 'opening' or not is_carrier and not has_true_up) as is_possible
    from drawn
    cross join ends
    where drawn < rate
),
trips as (
    -- A trip has two events; the ledger sees neither.
    select legs.event_id, 'transfer_invisible' as cause, 'goods' as half, 'existence' as step, 'missing' as change
    from legs
    join stock_events as events using (event_id)
    join errors on errors.cause = 'transfer_invisible' and draw(events.document || legs.sku, errors.cause, 1000000) < errors.rate
    cross join ends
    where legs.kind = 'transfer'
        and (events.document, legs.sku) in (
            select (arrivals.document, arrivals.sku) from stock_events as arrivals
            where arrivals.type = 'transfer' and arrivals.from_location = 'ROAD' and arrivals.occurred_at < getvariable('settled')
        )
),
ruled_events as (
    select events.event_id, effects.cause, effects.half, 'value' as step, effects.change
    from events
    join ruled on events.sku = ruled.sku and (ruled.source is null or events.source = ruled.source)
    join effects on ruled.change = effects.change and events.kind_of_event = effects.kind
    where events.cost > 0 and events.money > 0 and not events.has_true_up and events.happened_at < getvariable('settled')
    qualify row_number() over (partition by events.event_id order by effects.change) = 1
),
chosen as (
    select event_id, cause, half, step, change
    from possible
    where is_possible and (step <> 'value' or event_id not in (select event_id from ruled_events))
        and (step <> 'location' or event_id not in (select event_id from ruled_events))
        and (step not in ('existence', 'period', 'copy') or event_id not in (select event_id from trips))
    qualify row_number() over (partition by event_id, step order by drawn, cause) = 1
    union all
    from trips
    union all
    from ruled_events
    union all
    select distinct document_id, cause, 'goods', if(cause = 'fx_rate', 'value', 'existence'),
        if(cause = 'fx_rate', 'rate', 'missing')
    from flaws
),
stocked as (
    -- Where a receipt is booked by its bill, the bill's own entry is wrong too, and by nothing else.
    select receipts.cost_id as event_id, chosen.cause, 'goods' as half, 'role' as step, 'stocked' as change
    from chosen
    join receipt_costs as receipts using (event_id)
    where chosen.change = 'by the bill'
),
planted as (
    from chosen anti join stocked using (event_id)
    union all
    from stocked
)
-- What is not there has no other error.
select planted.*
from planted
left join (
    select event_id, any_value(half) as half, any_value(change) as change from planted where step = 'existence' group by event_id
) as absent using (event_id)
where absent.event_id is null or planted.step = 'existence' or planted.step <> 'copy' and absent.half <> 'all'
    and planted.half <> absent.half and planted.half <> 'all'

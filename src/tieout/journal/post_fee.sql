-- What a channel charges: Dr fees, Cr clearing; the other way round once it was withdrawn (as known then). Who charges takes it
-- from its own payout, but the fee of an order is a cost of the channel that sold it, whoever ships it.
-- Grain: one row per expected line.
with charged as (
    select fee_id, coalesce(fees.sku, orders.sku) as sku, fees.channel,
        coalesce(orders.channel, order_channels.channel, fees.channel) as sold_on, local_date(charged_at) as date,
        case when voided_at <= as_of.moment then local_date(voided_at) end as voided_on,
        money(converted(amount, rates.rate)) as amount
    from fees
    cross join settings
    cross join as_of
    left join order_lines as orders on fees.order_id = orders.order_id and fees.line_no = orders.line_no
    left join order_channels on fees.order_id = order_channels.order_id
    asof left join rates
        on coalesce(fees.currency, settings.currency) = rates.currency and local_date(fees.charged_at) >= rates.rate_date
    where charged_at <= as_of.moment and (voided_at is null or voided_at > as_of.moment or settings.knowledge = 'as_known')
        and rates.rate is not null
),
counted as (
    select * exclude (voided_on) from charged
    union all
    select * exclude (voided_on) replace (voided_on as date, -amount as amount) from charged where voided_on is not null
)
select fee_id as event_id, 'fee' as event_type, sides.role, sku, null as location,
    case when sides.role = 'fees' then sold_on else channel end as channel, date,
    null::decimal(18, 4) as quantity, sides.side * amount as amount
from counted
cross join (values ('fees', 1), ('clearing', -1)) as sides (role, side)

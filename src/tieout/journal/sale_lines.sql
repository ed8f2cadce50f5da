-- What each shipment bills: its share of the order line's price, discount, shipping and tax.
-- Grain: one row per shipment with an order line; one more that takes it back where it was withdrawn later (as known then).
-- Functional currency, positive where nothing is taken back. Totals of the line are shared over its shipments by quantity,
-- cumulatively rounded, so that they add up to the line. ``revenue_date``: when it is revenue, by the revenue point of its
-- channel; what has not been delivered is none under ``delivery``. ``date``: when the customer owes it.
-- ``discount_by_channel``: what the channel pays of the price instead of the customer.
with lines as (
    select
        order_id, line_no, quantity, local_date(ordered_at) as ordered_on, converted(unit_price, rates.rate) as unit_price,
        case when coalesce(discount_funded_by, 'shop') = 'shop' then money(converted(discount, rates.rate)) end as discount,
        case when discount_funded_by = 'channel' then money(converted(discount, rates.rate)) end as discount_by_channel,
        money(converted(shipping, rates.rate)) as shipping,
        case when coalesce(tax_collected_by, 'shop') = 'shop' then money(converted(tax, rates.rate)) end as tax
    from order_lines
    cross join settings
    asof left join rates
        on coalesce(order_lines.currency, settings.currency) = rates.currency
        and local_date(order_lines.ordered_at) >= rates.rate_date
),
points as (
    select rows.event_id, arg_max(overrides.revenue_point, (overrides.starts_at, overrides.number)) as revenue_point
    from stock_rows as rows
    join policy_overrides as overrides
        on rows.channel = overrides.channel and (overrides.starts_at is null or rows.occurred_at >= overrides.starts_at
            or overrides.change = 'retrospective')
    where rows.type = 'shipment'
    group by rows.event_id
),
shipped as (
    select
        event_id, sku, channel, order_id, line_no, date, quantity, local_date(voided_at) as voided_on,
        case when delivered_at <= as_of.moment then local_date(delivered_at) end as delivered_on,
        sum(quantity) over line_so_far as shipped_until, shipped_until - quantity as shipped_before
    from stock_rows
    cross join as_of
    where type = 'shipment'
    window line_so_far as (partition by order_id, line_no order by position)
),
shares as (
    select
        shipped.*, lines.ordered_on, coalesce(points.revenue_point, settings.revenue_point) as revenue_point,
        lines.unit_price, lines.discount, lines.discount_by_channel, lines.shipping, lines.tax, lines.quantity as ordered,
        least(shipped.shipped_until, lines.quantity)::decimal(18, 4) as billed_until,
        least(shipped.shipped_before, lines.quantity)::decimal(18, 4) as billed_before
    from shipped
    cross join settings
    join lines on shipped.order_id = lines.order_id and shipped.line_no = lines.line_no
    left join points using (event_id)
),
billed as (
    select
        event_id, sku, channel, voided_on,
        case revenue_point when 'delivery' then delivered_on else date end as date,
        case revenue_point when 'delivery' then delivered_on when 'order' then ordered_on else date end as revenue_date,
        money(times(shipped_until, unit_price)) - money(times(shipped_before, unit_price)) as revenue,
        share_of_money(coalesce(discount, 0), billed_until, ordered)
            - share_of_money(coalesce(discount, 0), billed_before, ordered) as discount,
        share_of_money(coalesce(shipping, 0), billed_until, ordered)
            - share_of_money(coalesce(shipping, 0), billed_before, ordered) as shipping,
        share_of_money(coalesce(tax, 0), billed_until, ordered)
            - share_of_money(coalesce(tax, 0), billed_before, ordered) as tax,
        share_of_money(coalesce(discount_by_channel, 0), billed_until, ordered)
            - share_of_money(coalesce(discount_by_channel, 0), billed_before, ordered) as discount_by_channel
    from shares
)
select * exclude (voided_on) from billed where date is not null
union all
select event_id, sku, channel, voided_on, voided_on, -revenue, -discount, -shipping, -tax, -discount_by_channel
from billed
where date is not null and voided_on is not null

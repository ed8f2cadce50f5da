-- What each shipment bills: its share of the order line's price, discount, shipping and tax.
-- Grain: one row per shipment with an order line. Functional currency, all positive. Totals of the line are shared over
-- its shipments by quantity, cumulatively rounded, so that they add up to the line.
with lines as (
    select
        order_id, line_no, quantity, converted(unit_price, rates.rate) as unit_price,
        case when coalesce(discount_funded_by, 'shop') = 'shop' then money(converted(discount, rates.rate)) end as discount,
        money(converted(shipping, rates.rate)) as shipping,
        case when coalesce(tax_collected_by, 'shop') = 'shop' then money(converted(tax, rates.rate)) end as tax
    from order_lines
    cross join settings
    asof left join rates
        on coalesce(order_lines.currency, settings.currency) = rates.currency
        and local_date(order_lines.ordered_at) >= rates.rate_date
),
shipped as (
    select
        event_id, sku, channel, order_id, line_no, date, quantity,
        sum(quantity) over line_so_far as shipped_until, shipped_until - quantity as shipped_before
    from stock_rows
    where type = 'shipment'
    window line_so_far as (partition by order_id, line_no order by position)
),
shares as (
    select
        shipped.*, lines.unit_price, lines.discount, lines.shipping, lines.tax, lines.quantity as ordered,
        least(shipped.shipped_until, lines.quantity)::decimal(18, 4) as billed_until,
        least(shipped.shipped_before, lines.quantity)::decimal(18, 4) as billed_before
    from shipped
    join lines on shipped.order_id = lines.order_id and shipped.line_no = lines.line_no
)
select
    event_id, sku, channel, date,
    money(times(shipped_until, unit_price)) - money(times(shipped_before, unit_price)) as revenue,
    share_of_money(coalesce(discount, 0), billed_until, ordered)
        - share_of_money(coalesce(discount, 0), billed_before, ordered) as discount,
    share_of_money(coalesce(shipping, 0), billed_until, ordered)
        - share_of_money(coalesce(shipping, 0), billed_before, ordered) as shipping,
    share_of_money(coalesce(tax, 0), billed_until, ordered)
        - share_of_money(coalesce(tax, 0), billed_before, ordered) as tax
from shares

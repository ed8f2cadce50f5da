-- Demand that the stock could not meet: order lines cancelled before they left, since the goods were not there. The reason says
-- so, or where none is given, there was not enough (oversold_lines.sql). Cancelled by the customer is no demand.
-- Grain: one row per order line and item that would have left (a virtual kit as its components then in force). Units of what
-- never shipped; ``date``: when it was ordered, on the company's calendar.
with recursive shipped as (
    select order_id, line_no, sku, sum(quantity) as quantity
    from stock_rows
    where type = 'shipment' and order_id is not null
    group by all
),
cancelled as (
    select lines.order_id, lines.line_no, lines.channel, lines.sku, lines.ordered_at, lines.cancel_reason,
        lines.quantity - coalesce(own.quantity, 0) - coalesce(whole.quantity, 0) as quantity
    from order_lines as lines
    cross join as_of
    left join shipped as own on lines.order_id = own.order_id and lines.line_no = own.line_no and lines.sku = own.sku
    left join shipped as whole on lines.order_id = whole.order_id and whole.line_no is null and lines.sku = whole.sku
    where lines.cancelled_at <= as_of.moment and lines.ordered_at <= as_of.moment
        and coalesce(regexp_matches(lower(lines.cancel_reason), 'oversold|oversell|out.of.stock|no.stock|inventory'),
            (lines.order_id, lines.line_no) in (select (order_id, line_no) from oversold_lines))
),
opened as (
    select *, [sku] as path from cancelled where quantity > 0
    union all
    select opened.order_id, opened.line_no, opened.channel, parts.component_sku, opened.ordered_at, opened.cancel_reason,
        coalesce(try_cast(opened.quantity::double * parts.quantity / coalesce(parts.per, 1) as decimal(18, 4)), 0),
        list_append(opened.path, parts.component_sku)
    from opened
    join items on opened.sku = items.sku and items.kit_type = 'virtual'
    join kit_components as parts
        on opened.sku = parts.kit_sku
        and (parts.valid_from is null or parts.valid_from <= opened.ordered_at)
        and (parts.valid_to is null or opened.ordered_at < parts.valid_to)
    where not list_contains(opened.path, parts.component_sku)
)
select order_id, line_no, channel, opened.sku, local_date(ordered_at) as date, cancel_reason,
    sum(quantity)::decimal(18, 4) as units
from opened
left join items on opened.sku = items.sku
where coalesce(items.kit_type, 'none') <> 'virtual' and coalesce(items.is_stocked, true)
group by all
order by date, order_id, line_no, sku

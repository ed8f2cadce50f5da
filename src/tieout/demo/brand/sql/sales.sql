-- What each shipment bills: its share of the order line, cumulatively rounded over the line's shipments.
-- Grain: one shipment of an order line. Cents. ``discount`` and ``tax`` are ours: what a channel funds or collects is not.
with shipped as (
    select event_id, sku, quantity, channel, order_id, line_no, occurred_at, owner,
        sum(quantity) over (partition by order_id, line_no order by occurred_at) as until
    from stock_events
    where type = 'shipment'
)
select shipped.event_id, shipped.sku, shipped.channel, shipped.order_id, shipped.line_no, shipped.occurred_at, shipped.owner,
    shipped.quantity, lines.quantity as ordered, lines.ordered_at, lines.unit_price,
    shipped.quantity * lines.unit_price as revenue,
    share(own_discount, until, lines.quantity) - share(own_discount, until - shipped.quantity, lines.quantity) as discount,
    share(shipping, until, lines.quantity) - share(shipping, until - shipped.quantity, lines.quantity) as shipping,
    share(own_tax, until, lines.quantity) - share(own_tax, until - shipped.quantity, lines.quantity) as tax
from shipped
join (
    select *, case when discount_funded_by = 'shop' then discount else 0 end as own_discount,
        case when tax_collected_by = 'shop' then tax else 0 end as own_tax
    from order_lines
) as lines using (order_id, line_no)

-- What left with each fulfilment, from Fivetran's table of its lines or dlt's, which looks like that of order lines.
-- Grain: one line of a fulfilment; ``source_file`` and ``source_row`` of the line. Of dlt's, what needs no shipping is in, too.
with heads as (
    from shopify_api_fulfillments where is_data
    qualify row_number() over (partition by id order by source_file, source_row) = 1
),
orders as (
    from shopify_api_order_heads where is_data
    qualify row_number() over (partition by id order by source_file, source_row) = 1
),
places as (
    select id, any_value(name) as name from shopify_api_locations where is_data group by id
),
lines as (
    select fulfillment_id as head, order_line_id as line_no, coalesce(sku, title) as sku, quantity, source_file, source_row
    from shopify_api_fulfillment_lines
    where is_data
    union all
    select heads.id, lines.id, coalesce(sku, title), quantity, lines.source_file, lines.source_row
    from shopify_api_order_lines as lines
    join heads on lines.order_id = heads.parent_id
    where lines.is_data
)
select heads.id || ':' || line_no as event_id, line_no, sku, plain_number(quantity) as quantity,
    coalesce(places.name, location_id, 'shopify') as location,
    iso_time(heads.created_at, heads.file_zone, heads.file_dates) as occurred_at, orders.name as order_id,
    lower(coalesce(source_name, 'shopify')) as channel, heads.name as document, lines.source_file, lines.source_row
from lines
join heads on lines.head = heads.id
left join orders on heads.order_id = orders.id
left join places on heads.location_id = places.id

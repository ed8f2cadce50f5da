-- Lines that were given back, when, and whether the goods came with them; without tax.
-- Grain: one row per refunded line.
with names as (
    select *, unnest(list_distinct([id, coalesce(parent_id, id)])) as known_as from shopify_api_refunds where is_data
),
heads as (
    from names qualify row_number() over (partition by known_as order by source_file, source_row) = 1
),
lines as (
    from shopify_api_order_lines_priced qualify row_number() over (partition by line_no order by source_file, source_row) = 1
)
select heads.id || ':' || items.id as refund_id, lines.order_id, line_no, channel, sku,
    plain_number(items.quantity) as quantity,
    coalesce((number(subtotal) - case when tax_is_inside then coalesce(number(total_tax), 0) else 0 end)::varchar, subtotal)
        as amount,
    plain_number(total_tax) as tax, currency, iso_time(created_at, heads.file_zone, heads.file_dates) as refunded_at,
    case lower(restock_type) when 'legacy_restock' then 'return' else lower(restock_type) end as restock_type,
    items.source_file, items.source_row
from shopify_api_order_line_refunds as items
left join heads on items.refund_id = heads.known_as
left join lines on order_line_id = line_no
where items.is_data

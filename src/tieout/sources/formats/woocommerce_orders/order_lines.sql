-- The products of the orders, with their shares of the order's discount, shipping and tax.
-- Grain: one row per product of an order; money without tax, shared by value. A product without a sku goes by its name.
with lines as (
    select raw.source_file, raw.source_row, row_number() over whole as line_no, coalesce(raw.sku, raw.item_name) as sku,
        raw.quantity, raw.item_cost, raw.line_total, heads.* exclude (source_file, source_row, value),
        case when sum(raw.value) over (partition by raw.source_file, raw.order_id) > 0 then minor_units(raw.value)
            when line_no = 1 then 1 else 0 end as weight
    from woocommerce_order_rows as raw
    join woocommerce_order_heads as heads on raw.source_file = heads.source_file and raw.order_id = heads.order_id
    window whole as (partition by raw.source_file, raw.order_id order by raw.source_row)
),
weighed as (
    select *, sum(weight) over (partition by source_file, order_id) as weights,
        coalesce(sum(weight) over (
            partition by source_file, order_id order by line_no rows between unbounded preceding and 1 preceding), 0) as before
    from lines
),
parts as (
    select *, part_of(goods, before, before + weight, weights) as line_goods,
        part_of(discount, before, before + weight, weights) as line_discount,
        part_of(shipping, before, before + weight, weights) as line_shipping,
        part_of(tax, before, before + weight, weights) as line_tax
    from weighed
)
select order_id, line_no::varchar as line_no, 'woocommerce' as channel, sku, plain_number(quantity) as quantity,
    case when coalesce(number(line_total), number(item_cost)) is null then item_cost
        else price_of_one(line_goods + case when has_prices then 0 else line_discount end, number(quantity)) end as unit_price,
    line_discount::varchar as discount, 'shop' as discount_funded_by, line_shipping::varchar as shipping,
    line_tax::varchar as tax, 'shop' as tax_collected_by, currency, ordered_at, paid_at,
    case when status in ('cancelled', 'canceled', 'failed', 'trash') then ordered_at end as cancelled_at, source_file, source_row
from parts

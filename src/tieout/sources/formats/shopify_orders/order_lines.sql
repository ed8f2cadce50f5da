-- The lines of an order, with their shares of what the order was given and charged as a whole.
-- Grain: one row per line item; money without tax. The order's discount is what its lines state plus the rest shared by value,
-- or all of it by value where they state more; shipping and tax by value. Tax inside the prices is taken out of them.
-- An item without a sku (a tip, a service) goes by its name.
with lines as (
    select raw.source_file, raw.source_row, heads.* exclude (source_file, source_row),
        row_number() over order_rows as line_no, coalesce(lineitem_sku, lineitem_name) as sku, lineitem_quantity, lineitem_price,
        coalesce(money(times(number(lineitem_quantity), number(lineitem_price))), 0) as value,
        coalesce(number(lineitem_discount), 0) as own_discount
    from shopify_orders as raw
    join shopify_order_heads as heads on raw.source_file = heads.source_file and raw.name = heads.order_id
    where is_data
    window order_rows as (partition by raw.source_file, raw.name order by raw.source_row)
),
weighed as (
    -- Where nothing has a value the first line takes all.
    select *, case when sum(value) over whole > 0 then minor_units(value) when line_no = 1 then 1 else 0 end as weight,
        sum(own_discount) over whole <= discount as discount_is_stated
    from lines
    window whole as (partition by source_file, order_id)
),
shared as (
    select *, sum(weight) over whole as weights, coalesce(sum(weight) over before, 0) as weight_before,
        case when discount_is_stated then discount - sum(own_discount) over whole else discount end as discount_to_share
    from weighed
    window whole as (partition by source_file, order_id),
        before as (partition by source_file, order_id order by line_no rows between unbounded preceding and 1 preceding)
),
parts as (
    select *,
        part_of(discount_to_share, weight_before, weight_before + weight, weights)
            + case when discount_is_stated then own_discount else 0 end as line_discount,
        part_of(shipping, weight_before, weight_before + weight, weights) as line_shipping,
        part_of(tax, weight_before, weight_before + weight, weights) as line_tax
    from shared
),
net as (
    select *, case when tax_is_inside and value > line_discount
        then discount_without_tax(line_discount, value, line_tax) end as net_discount
    from parts
)
select order_id, line_no::varchar as line_no, channel, sku, plain_number(lineitem_quantity) as quantity,
    case when net_discount is null then plain_number(lineitem_price)
        else price_of_one(value - line_discount - line_tax + net_discount, number(lineitem_quantity)) end as unit_price,
    coalesce(net_discount, line_discount)::varchar as discount, 'shop' as discount_funded_by,
    line_shipping::varchar as shipping, line_tax::varchar as tax, 'shop' as tax_collected_by, currency, ordered_at, paid_at,
    coalesce(cancelled_at, case when status = 'voided' then ordered_at end) as cancelled_at, source_file, source_row
from net

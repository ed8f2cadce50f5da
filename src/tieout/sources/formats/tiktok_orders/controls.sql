-- Do the items less both discounts make their subtotals?
-- Grain: one row per file.
select source_file, 'subtotals' as control, source_file as id,
    sum(number(sku_subtotal_after_discount))::decimal(38, 6) as expected,
    sum(times(number(quantity), number(sku_unit_original_price)) - coalesce(number(sku_platform_discount), 0)
        - coalesce(number(sku_seller_discount), 0))::decimal(38, 6) as found
from tiktok_orders
where is_data and sku_subtotal_after_discount is not null
group by source_file

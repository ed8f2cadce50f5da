-- What Shopify counts of each variant at each place. A variant without a sku goes by the name that the orders export gives it.
-- Grain: one row of the export. ``taken_at``: from the file's name; the export itself has no date.
with named as (
    select *,
        concat_ws(' - ', title,
            nullif(concat_ws(' / ', nullif(option1_value, 'Default Title'), option2_value, option3_value), '')) as variant
    from shopify_inventory
    where is_data
)
select source_file, source_row, coalesce(sku, variant) as sku, variant as name, location, available, committed, unavailable,
    on_hand, iso_time(time_in_name(source_file), file_zone, file_dates) as taken_at
from named

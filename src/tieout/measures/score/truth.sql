-- What was planted into a demo company, as its truth file says it.
-- Grain: one row per row of the file. Functional currency, Dr + / Cr −, expected − recorded; blank where there is none.
with kept as (
    -- A dimension that the ledger never has cannot be compared.
    select count(*) = 0 or count(sku) > 0 as has_sku, count(*) = 0 or count(location) > 0 as has_location,
        count(*) = 0 or count(channel) > 0 as has_channel
    from gl_lines
)
select
    file_row_number + 1 as row,
    coalesce(cause::varchar, '') as cause, coalesce(event_id::varchar, '') as event_id, coalesce(role::varchar, '') as role,
    if(has_sku, coalesce(sku::varchar, ''), '') as sku, if(has_location, coalesce(location::varchar, ''), '') as location,
    if(has_channel, coalesce(channel::varchar, ''), '') as channel,
    coalesce(period::varchar, '') as period, amount
from read_parquet($truth, file_row_number = true)
cross join kept

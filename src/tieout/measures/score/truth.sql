-- What was planted into a demo company, as its truth file says it.
-- Grain: one row per row of the file. Functional currency, Dr + / Cr −, expected − recorded; blank where there is none.
select
    file_row_number + 1 as row,
    coalesce(cause::varchar, '') as cause, coalesce(event_id::varchar, '') as event_id, coalesce(role::varchar, '') as role,
    coalesce(sku::varchar, '') as sku, coalesce(location::varchar, '') as location, coalesce(channel::varchar, '') as channel,
    coalesce(period::varchar, '') as period, amount
from read_parquet($truth, file_row_number = true)

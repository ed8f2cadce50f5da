-- Are a row's stock points its total?
-- Grain: one row per store and file.
select source_file, 'total quantity' as control, store_code as id, sum(number(total_qty))::decimal(38, 6) as expected,
    sum(coalesce(number(unnamed_point), 0) + coalesce(number(shelf), 0) + coalesce(number(damage), 0)
        + coalesce(number(store_warehouse), 0))::decimal(38, 6) as found
from zwing_pos_stock
where is_data
group by source_file, store_code

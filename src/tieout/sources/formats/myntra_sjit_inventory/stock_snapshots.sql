-- Sellable goods in Myntra's warehouses at the end of a day; users add the day and the cost, since the export has neither.
-- Grain: one row per item, warehouse and day, of all ages. Without one cost for all of them there is none.
select 'myntra' as system, iso_time(iso_date(date, file_dates) || ' 23:59:59', file_zone, file_dates) as taken_at, sku,
    warehouse_name as location, 'available' as status,
    case when count(number(inv_units_q1)) = count(*) then sum(number(inv_units_q1))::varchar
        else min(inv_units_q1) filter (where number(inv_units_q1) is null) end as quantity,
    case when min(cost) = max(cost) then plain_number(min(cost)) end as unit_cost, source_file,
    min(source_row) as source_row, list(source_row) as source_rows
from myntra_sjit_inventory
where is_data
group by date, file_zone, file_dates, sku, warehouse_name, source_file

-- Goods in the stores at the end of a day; users add the day and the cost, since the export has neither.
-- Grain: one row per item, store, day and state, of all batches; the available one always, so that nil is said too.
with states as (
    select *, coalesce(ref_sku_code, sku) as item, unnest([
        {'status': 'available', 'quantity': number(total_qty) - coalesce(number(damage), 0), 'written': total_qty},
        {'status': 'damaged', 'quantity': number(damage), 'written': damage}
    ]) as state
    from zwing_pos_stock
    where is_data
)
select 'zwing' as system, iso_time(iso_date(date, file_dates) || ' 23:59:59', file_zone, file_dates) as taken_at, item as sku,
    store_code as location, state.status as status,
    coalesce(min(state.written) filter (where state.quantity is null), sum(state.quantity)::varchar) as quantity,
    case when min(unit_cost) = max(unit_cost) then plain_number(min(unit_cost)) end as unit_cost, source_file,
    min(source_row) as source_row, list(source_row) as source_rows
from states
where state.status = 'available' or state.quantity <> 0
group by date, file_zone, file_dates, item, store_code, state.status, source_file

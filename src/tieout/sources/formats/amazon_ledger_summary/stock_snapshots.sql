-- What Amazon says lay in each of its centres as a day ended. Units on the way between centres are not in it.
-- Grain: one row per day, item, centre and status; whatever cannot be sold is ``damaged``, for any reason.
select 'amazon' as system, iso_time(iso_date(date, file_dates) || ' 23:59:59', file_zone, null) as taken_at, msku as sku,
    coalesce(location, 'FBA') as location, if(upper(disposition) = 'SELLABLE', 'available', 'damaged') as status,
    coalesce(sum(number(ending_warehouse_balance))::varchar, any_value(ending_warehouse_balance)) as quantity,
    source_file, min(source_row) as source_row, list(source_row) as source_rows
from amazon_ledger_summary
where is_data
group by all

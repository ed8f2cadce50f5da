-- What QuickBooks believes to be on hand when the table was landed; it knows no places.
-- Grain: one row per item whose quantity it tracks.
select 'quickbooks' as system, iso_time(landed_at, file_zone, file_dates) as taken_at,
    coalesce(stock_keeping_unit, name) as sku, plain_number(quantity_on_hand) as quantity, source_file, source_row
from quickbooks_api_items
where is_data and lower(track_quantity_on_hand) = 'true' and quantity_on_hand is not null and landed_at is not null

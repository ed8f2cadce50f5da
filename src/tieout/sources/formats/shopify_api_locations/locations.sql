-- The places, by their names.
-- Grain: one row per location.
select name as location, country_code as country, source_file, source_row
from shopify_api_locations
where is_data

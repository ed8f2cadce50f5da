-- The places, by their names.
-- Grain: one row per location.
select name as location, fullname as name, source_file, source_row
from netsuite_api_locations
where is_data

-- The centres of Amazon that goods left.
-- Grain: one row per centre and file.
select fulfillment_center_id as location, 'fba' as type, source_file, min(source_row) as source_row
from amazon_fulfilled_shipments
where is_data
group by all

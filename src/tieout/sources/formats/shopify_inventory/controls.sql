-- Is what is on hand what is available, committed and unavailable?
-- Grain: one row per location and file; units.
select source_file, 'units on hand' as control, location as id,
    coalesce(sum(number(on_hand)), 0)::decimal(38, 6) as expected,
    coalesce(sum(number(available) + number(committed) + coalesce(number(unavailable), 0)), 0)::decimal(38, 6) as found
from shopify_inventory_counts
where location is not null
group by source_file, location

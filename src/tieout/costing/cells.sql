-- Where layers queue: one sku at one place (company-wide under that scope), goods in transit and damaged goods apart.
-- Grain: one row per cell. ``pool`` numbers the cells that value can move between: those of one sku.
with places as (
    select sku, from_location as location, from_holding as holding from legs where operation in ('out', 'move')
    union
    select sku, to_location, to_holding from legs where operation <> 'out'
)
select
    row_number() over (order by sku, location nulls first, holding) - 1 as cell,
    dense_rank() over (order by sku) - 1 as pool,
    sku, location, holding
from places

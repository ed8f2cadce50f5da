-- Where layers queue: one sku at one place (company-wide under that scope), goods in transit and damaged goods apart.
-- Grain: one row per cell. ``method``: how it starts; ``prospective`` and ``retrospective``: so if changes of method all counted
-- from their dates, or from the beginning. ``pool`` numbers the cells that value can move between: those of skus that
-- assemblies join.
with places as (
    select sku, from_location as location, from_holding as holding
    from stock_legs
    where operation in ('out', 'move', 'group_out')
    union
    select sku, to_location, to_holding from stock_legs where operation not in ('out', 'group_out')
),
first_methods as (
    select sku, arg_min((method, prospective, retrospective), valid_from) as methods from cost_methods group by sku
)
select
    row_number() over (order by root, places.sku, location nulls first, holding) - 1 as cell,
    dense_rank() over (order by root) - 1 as pool,
    places.sku, location, holding, holding like 'damaged%' or holding like 'return %' as is_shelf,
    shelf_method(methods[1], is_shelf) as method, shelf_method(methods[2], is_shelf) as prospective,
    shelf_method(methods[3], is_shelf) as retrospective
from places
join sku_pools using (sku)
join first_methods using (sku)

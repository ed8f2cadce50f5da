-- How many units each place must have for a month: what it will ship and lose. NORTH also feeds FBA and, for one
-- product in ten, SOUTH by transfer. The first month is opening stock in each place.
-- Grain: sku, place and month number. ``bought``: to be purchased; ``moved``: to come from NORTH.
with leaving as (
    select sku, location, moment, quantity from shipped_parts
    union all
    select sku, location, moment, quantity from corrections_of_stock where not is_inflow
),
monthly as (
    select leaving.sku, leaving.location, month_number(leaving.moment) as month,
        sum(leaving.quantity)::bigint as quantity,
        leaving.location <> 'NORTH' and month_number(leaving.moment) > 0
            and (leaving.location = 'FBA' or any_value(products.is_fed_from_north)) as is_moved
    from leaving
    join products using (sku)
    group by leaving.sku, leaving.location, month_number(leaving.moment)
),
bought as (
    select sku, case when is_moved then 'NORTH' else location end as location, month, sum(quantity)::bigint as quantity
    from monthly
    group by all
)
select coalesce(bought.sku, monthly.sku) as sku, coalesce(bought.location, monthly.location) as location,
    coalesce(bought.month, monthly.month) as month,
    coalesce(bought.quantity, 0) as bought,
    coalesce(monthly.quantity, 0) as moved
from bought
full join (select * from monthly where is_moved) as monthly using (sku, location, month)

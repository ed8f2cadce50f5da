-- Virtual kits: the 24 best-selling real sets that no stock correction ever touched, and two single products each.
-- One unit of the single nearest to 45 % of the set's price and two of the one nearest to 12 %. The set itself is never
-- stocked.
-- Grain: one kit and component.
with kits as (
    select sku, list_price
    from products
    where is_set
    order by sales desc, sku
    limit 24
),
singles as (
    select sku, list_price
    from products
    where is_goods and sales >= 20 and not coalesce(is_set, false)
),
wanted as (
    select kits.sku as kit_sku, parts.quantity, kits.list_price * parts.price_share as price
    from kits
    cross join (values (1, 0.45), (2, 0.12)) as parts (quantity, price_share)
),
ranked as (
    select
        wanted.kit_sku, singles.sku as component_sku, wanted.quantity,
        row_number() over (
            partition by wanted.kit_sku, wanted.quantity
            order by abs(singles.list_price - wanted.price),
                draw(wanted.kit_sku || singles.sku, 'part', 1000000), singles.sku
        ) as place
    from wanted
    cross join singles
)
select kit_sku, component_sku, min(quantity) as quantity
from ranked
where place = 1
group by kit_sku, component_sku

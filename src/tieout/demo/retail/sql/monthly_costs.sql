-- What a product costs to buy, month by month: a share of the median real price, a trend of its own and a little
-- noise.
-- Grain: sku and month number (0 = December 2010); GBP per unit, four places. A kit's card cost is 15 % above its
-- parts.
with months as (
    select unnest(range(13)) as month
),
bought as (
    select
        products.sku, months.month,
        greatest(
            round(
                products.list_price
                * ((products.cost_share * (
                    10000 + products.cost_trend * months.month + draw(products.sku || months.month, 'noise', 101) - 50
                ))::decimal(18, 0) * 0.00000001),
                4
            ),
            0.01
        )::decimal(18, 4) as unit_cost
    from products
    cross join months
    where products.is_goods and products.sku not in (select kit_sku from kit_parts)
)
select * from bought
union all
select kit_parts.kit_sku, bought.month, round(sum(kit_parts.quantity * bought.unit_cost) * 1.15, 4)::decimal(18, 4)
from kit_parts
join bought on kit_parts.component_sku = bought.sku
group by kit_parts.kit_sku, bought.month

-- Web shop products that the connector takes for their neighbour in the list.
-- Grain: one sku.
with neighbours as (
    select sku, lead(sku) over (order by sku) as taken_for
    from products
    where is_goods and sku not in (select kit_sku from kit_parts)
),
sold as (
    select sku
    from shipments
    where is_goods and not is_kit and channel = 'dotcom' and month_number(shipped_at) > 0
    group by sku
    having count(*) >= 3
)
select sku, taken_for
from sold
join neighbours using (sku)
where taken_for is not null and not $clean
order by draw(sku, 'mismap', 1000000), sku
limit 12

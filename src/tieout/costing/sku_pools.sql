-- Which skus share a pool: those that assemblies join, directly or through others, under the lowest of them. This is one step
-- on the way there; it is taken until nothing changes.
-- Grain: one row per sku.
with bonds as (
    select assembly, min(root) as root
    from sku_bonds
    join sku_roots using (sku)
    group by assembly
),
nearest as (
    select sku, min(bonds.root) as root from sku_bonds join bonds using (assembly) group by sku
)
select sku_roots.sku, least(above.root, coalesce(nearest.root, above.root)) as root
from sku_roots
join sku_roots as above on sku_roots.root = above.sku
left join nearest on sku_roots.sku = nearest.sku

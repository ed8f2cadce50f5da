-- Grain: one product or charge code; GBP. A kit's standard cost is its card cost.
select
    products.sku, products.name, products.category,
    case when kits.kit_sku is null then 'none' else 'virtual' end as kit_type,
    costs.unit_cost::decimal(18, 6) as standard_cost, products.list_price, 'GBP' as currency,
    case when products.is_goods then 30 end as lead_time_days,
    case when products.is_goods then products.pack_size end as pack_size,
    products.is_goods as is_stocked
from products
left join (select distinct kit_sku from kit_parts) as kits on products.sku = kits.kit_sku
left join monthly_costs as costs on products.sku = costs.sku and costs.month = 0
order by products.sku

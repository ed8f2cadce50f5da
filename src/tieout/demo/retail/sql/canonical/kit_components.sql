-- Grain: one kit and component, in force all year.
select kit_sku, component_sku, quantity
from kit_parts
order by kit_sku, component_sku

-- Grain: one component of a kit, and the time in which it belongs to it.
select kit_sku, component_sku, quantity, moment(valid_from) as valid_from, moment(valid_to) as valid_to
from kit_components
order by kit_sku, component_sku, valid_from nulls first

-- What the ledger says of its stock: whether most of its lines of stock and goods in transit name an item, units, a place.
-- Grain: one row. Where it names no place, its stock is compared item by item, as under company scope; where it names no item or
-- no units, what it lacks is no zero.
select coalesce(2 * count(sku) > count(*), false) as has_items,
    coalesce(2 * count(*) filter (where sku is not null and quantity is not null) > count(*), false) as has_units,
    any_value(cost_scope) = 'location' and coalesce(2 * count(location) > count(*), false) as has_places
from settings
left join linked_lines on role in ('inventory', 'in_transit')

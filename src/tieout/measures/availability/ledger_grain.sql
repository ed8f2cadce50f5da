-- What the ledger says of its stock: whether most of its lines of stock and goods in transit name an item, units, a place.
-- Grain: one row. Where it names no place, its stock is compared item by item, as under company scope; where it names no item or
-- no units, what it lacks is no zero. NULL where it has no such line.
select 2 * count(sku) > nullif(count(role), 0) as has_items,
    2 * count(role) filter (where sku is not null and quantity is not null) > nullif(count(role), 0) as has_units,
    any_value(cost_scope) = 'location' and 2 * count(location) > nullif(count(role), 0) as has_places
from settings
left join linked_lines on role in ('inventory', 'in_transit')

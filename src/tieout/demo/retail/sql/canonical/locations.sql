-- Grain: one place.
select location, name, type, 'GB' as country, 'GB' as tax_region, 'Europe/London' as timezone
from (
    values
        ('FBA', 'Amazon fulfilment', 'fba'), ('NORTH', 'Northern warehouse', 'warehouse'),
        ('ROAD', 'On the road', 'transit'), ('SOUTH', 'Southern warehouse', 'warehouse')
) as places (location, name, type)
order by location

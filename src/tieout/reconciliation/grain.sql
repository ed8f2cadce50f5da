-- The grain at which a unit can be compared: a dimension that is empty on either side is blank on both.
-- Grain: one row per unit, half and role. A side that has no line of the role blanks nothing.
select
    unit_kind, unit_id, half, role,
    bool_and(sku is not null) as has_sku,
    bool_and(location is not null) as has_location,
    bool_and(channel is not null) as has_channel,
    bool_and(quantity is not null) as has_quantity
from sides
group by all

-- The grain at which a unit can be compared: a dimension that is empty on either side is blank on both.
-- A settlement whose rows are told apart (payout_parts.sql) is compared as a whole.
-- Grain: one row per unit, half and role. A side that has no line of the role blanks nothing.
select
    unit_kind, unit_id, half, role,
    not is_parted and bool_and(sku is not null) as has_sku,
    not is_parted and bool_and(location is not null) as has_location,
    not is_parted and bool_and(channel is not null) as has_channel,
    bool_and(quantity is not null) as has_quantity
from sides
cross join lateral (
    select unit_kind = 'batch' and half = 'money' and unit_id in (select unit_id from payout_parts) as is_parted
) as parted
group by unit_kind, unit_id, half, role, is_parted

-- The units whose two books differ anywhere at the compared grain: everything else is tied out and needs no walk.
-- Grain: one row per unit and half.
with compared as (
    select
        sides.unit_kind, sides.unit_id, sides.half, sides.role, sides.period,
        case when has_sku then sku end as sku,
        case when has_location then location end as location,
        case when has_channel then channel end as channel,
        sum(case when side = 'expected' then amount else -amount end) as difference
    from sides
    join grain using (unit_kind, unit_id, half, role)
    group by all
)
select distinct unit_kind, unit_id, half
from compared
where difference <> 0 or unit_kind = 'orphan'

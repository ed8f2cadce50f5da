-- The walk from what was booked to where it belongs, one attribute after the other: period, account, sku, location, channel.
-- Every move keeps the recorded value. A value moves only where its place is certain: it stands at a coordinate that is
-- not expected, and exactly one expected coordinate of its kind is empty.
-- Grain: one row per kept point; ``period_to`` … ``channel_to`` say where it belongs.
with wanted as (
    select *, sign(amount) as sign from expected_points
),
wanted_periods as (
    select unit_id, half, role, period, min(date) as date from wanted group by all
),
first_periods as (
    select unit_id, half, role, min(period) as period, arg_min(date, period) as date from wanted_periods group by all
),
half_periods as (
    select unit_id, half, min(period) as period, arg_min(date, period) as date from wanted_periods group by all
),
by_period as (
    select
        points.*,
        coalesce(same.period, first_periods.period, half_periods.period, points.period) as period_to,
        case when same.period is not null then points.date
            else coalesce(first_periods.date, half_periods.date, points.date) end as date_to
    from kept_points as points
    left join wanted_periods as same using (unit_id, half, role, period)
    left join first_periods using (unit_id, half, role)
    left join half_periods using (unit_id, half)
),
free_roles as (
    select unit_id, half, sign, min(role) as role_to
    from (select unit_id, half, sign, role from wanted except select unit_id, half, sign, role from by_period)
    group by all
    having count(*) = 1
),
stray_roles as (
    select unit_id, half, sign, min(role) as role
    from (
        select unit_id, half, sign, role from by_period where sign <> 0 and role <> 'other'
        except select unit_id, half, sign, role from wanted
    )
    group by all
    having count(*) = 1
),
by_role as (
    select by_period.*, coalesce(free_roles.role_to, by_period.role) as role_to
    from by_period
    left join stray_roles using (unit_id, half, sign, role)
    left join free_roles
        on stray_roles.role is not null and by_period.unit_id = free_roles.unit_id and by_period.half = free_roles.half
        and by_period.sign = free_roles.sign
),
free_skus as (
    select unit_id, half, role as role_to, sign, min(sku) as sku_to
    from (
        select unit_id, half, role, sign, sku from wanted except select unit_id, half, role_to, sign, sku from by_role
    )
    group by all
    having count(*) = 1
),
stray_skus as (
    select unit_id, half, role_to, sign, min(sku) as sku
    from (
        select unit_id, half, role_to, sign, sku from by_role except select unit_id, half, role, sign, sku from wanted
    )
    group by all
    having count(*) = 1
),
by_sku as (
    select by_role.*, coalesce(free_skus.sku_to, by_role.sku) as sku_to
    from by_role
    left join stray_skus using (unit_id, half, role_to, sign, sku)
    left join free_skus
        on stray_skus.sku is not null and by_role.unit_id = free_skus.unit_id and by_role.half = free_skus.half
        and by_role.role_to = free_skus.role_to and by_role.sign = free_skus.sign
),
free_locations as (
    select unit_id, half, role as role_to, sku as sku_to, sign, min(location) as location_to
    from (
        select unit_id, half, role, sku, sign, location from wanted
        except select unit_id, half, role_to, sku_to, sign, location from by_sku
    )
    group by all
    having count(*) = 1
),
stray_locations as (
    select unit_id, half, role_to, sku_to, sign, min(location) as location
    from (
        select unit_id, half, role_to, sku_to, sign, location from by_sku
        except select unit_id, half, role, sku, sign, location from wanted
    )
    group by all
    having count(*) = 1
),
by_location as (
    select by_sku.*, coalesce(free_locations.location_to, by_sku.location) as location_to
    from by_sku
    left join stray_locations
        on by_sku.unit_id = stray_locations.unit_id and by_sku.half = stray_locations.half
        and by_sku.role_to = stray_locations.role_to and by_sku.sku_to is not distinct from stray_locations.sku_to
        and by_sku.sign = stray_locations.sign and by_sku.location = stray_locations.location
    left join free_locations
        on stray_locations.location is not null and by_sku.unit_id = free_locations.unit_id
        and by_sku.half = free_locations.half and by_sku.role_to = free_locations.role_to
        and by_sku.sku_to is not distinct from free_locations.sku_to and by_sku.sign = free_locations.sign
),
free_channels as (
    select unit_id, half, role as role_to, sku as sku_to, sign, min(channel) as channel_to
    from (
        select unit_id, half, role, sku, sign, channel from wanted
        except select unit_id, half, role_to, sku_to, sign, channel from by_location
    )
    group by all
    having count(*) = 1
),
stray_channels as (
    select unit_id, half, role_to, sku_to, sign, min(channel) as channel
    from (
        select unit_id, half, role_to, sku_to, sign, channel from by_location
        except select unit_id, half, role, sku, sign, channel from wanted
    )
    group by all
    having count(*) = 1
)
select
    by_location.*,
    coalesce(free_channels.channel_to, by_location.channel) as channel_to
from by_location
left join stray_channels
    on by_location.unit_id = stray_channels.unit_id and by_location.half = stray_channels.half
    and by_location.role_to = stray_channels.role_to and by_location.sku_to is not distinct from stray_channels.sku_to
    and by_location.sign = stray_channels.sign and by_location.channel = stray_channels.channel
left join free_channels
    on stray_channels.channel is not null and by_location.unit_id = free_channels.unit_id
    and by_location.half = free_channels.half and by_location.role_to = free_channels.role_to
    and by_location.sku_to is not distinct from free_channels.sku_to and by_location.sign = free_channels.sign

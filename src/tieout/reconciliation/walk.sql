-- The walk from what was booked to where it belongs, one attribute after the other: period, account, kit, sku, location,
-- channel. Every move keeps the recorded value. A value moves only where its place is certain: it stands at a coordinate
-- that is not expected, and exactly one expected coordinate of its kind is empty. What was booked on a virtual kit is
-- shared over its components by their expected cost, cumulatively rounded.
-- Grain: one row per kept point, and component of a kit; ``period_to`` … ``channel_to`` say where it belongs. A move to
-- another account takes on the dimensions that are kept there (``sku_from`` … are those as booked).
with wanted as (
    select *, sign(amount) as sign from expected_points
),
wanted_periods as (
    select unit_id, half, role, period, min(date) as date from wanted group by all
),
first_periods as (
    select unit_id, half, role, arg_min(period, date) as period, min(date) as date from wanted_periods group by all
),
half_periods as (
    select unit_id, half, arg_min(period, date) as period, min(date) as date from wanted_periods group by all
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
only_places as (
    -- The dimensions that a role has where it is expected, if there is but one of each.
    select unit_id, half, sign, role as role_to,
        case when count(distinct sku) = 1 then min(sku) end as sku,
        case when count(distinct location) = 1 then min(location) end as location,
        case when count(distinct channel) = 1 then min(channel) end as channel,
        count(sku) > 0 as has_sku, count(location) > 0 as has_location, count(channel) > 0 as has_channel
    from wanted
    group by all
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
    select
        by_period.* exclude (sku, location, channel),
        by_period.sku as sku_from, by_period.location as location_from, by_period.channel as channel_from,
        coalesce(free_roles.role_to, by_period.role) as role_to,
        case when places.role_to is null then by_period.sku
            when places.has_sku then coalesce(by_period.sku, places.sku) end as sku,
        case when places.role_to is null then by_period.location
            when places.has_location then coalesce(by_period.location, places.location) end as location,
        case when places.role_to is null then by_period.channel
            when places.has_channel then coalesce(by_period.channel, places.channel) end as channel
    from by_period
    left join stray_roles using (unit_id, half, sign, role)
    left join free_roles
        on stray_roles.role is not null and by_period.unit_id = free_roles.unit_id and by_period.half = free_roles.half
        and by_period.sign = free_roles.sign
    left join only_places as places
        on free_roles.unit_id = places.unit_id and free_roles.half = places.half and free_roles.sign = places.sign
        and free_roles.role_to = places.role_to
),
kits as (
    select distinct keys.event_id as unit_id, keys.sku
    from event_keys as keys
    semi join kit_parts as parts on keys.event_id = parts.event_id
),
components as (
    select wanted.unit_id, half, role as role_to, sign, kits.sku, wanted.sku as component, sum(quantity) as quantity,
        sum(amount) as amount
    from wanted
    join kits using (unit_id)
    where half = 'goods' and wanted.sku <> kits.sku
    group by all
),
shares as (
    select *,
        row_number() over up_to as place,
        sum(amount) over up_to as amount_until,
        sum(amount) over (partition by unit_id, half, role_to, sign, sku) as amount_of_all
    from components
    window up_to as (partition by unit_id, half, role_to, sign, sku order by component)
),
by_kit as (
    select
        by_role.* exclude (amount, quantity),
        shares.component,
        case when coalesce(shares.place, 1) = 1 then by_role.quantity else 0 end as quantity,
        coalesce(shares.quantity, by_role.quantity) as quantity_to,
        case when shares.component is null then by_role.amount
            when shares.amount_of_all = 0 then case when shares.place = 1 then by_role.amount else 0 end
            else part_of(
                by_role.amount, abs(minor_units(shares.amount_until - shares.amount)),
                abs(minor_units(shares.amount_until)), abs(minor_units(shares.amount_of_all))
            ) end as amount
    from by_role
    left join shares using (unit_id, half, role_to, sign, sku)
),
free_skus as (
    select unit_id, half, role as role_to, sign, min(sku) as sku_to
    from (
        select unit_id, half, role, sign, sku from wanted
        except select unit_id, half, role_to, sign, coalesce(component, sku) from by_kit
    )
    group by all
    having count(*) = 1
),
stray_skus as (
    select unit_id, half, role_to, sign, min(sku) as sku
    from (
        select unit_id, half, role_to, sign, coalesce(component, sku) as sku from by_kit
        except select unit_id, half, role, sign, sku from wanted
    )
    group by all
    having count(*) = 1
),
by_sku as (
    select by_kit.*, coalesce(free_skus.sku_to, component, by_kit.sku) as sku_to
    from by_kit
    left join stray_skus
        on by_kit.unit_id = stray_skus.unit_id and by_kit.half = stray_skus.half
        and by_kit.role_to = stray_skus.role_to and by_kit.sign = stray_skus.sign
        and coalesce(by_kit.component, by_kit.sku) = stray_skus.sku
    left join free_skus
        on stray_skus.sku is not null and by_kit.unit_id = free_skus.unit_id and by_kit.half = free_skus.half
        and by_kit.role_to = free_skus.role_to and by_kit.sign = free_skus.sign
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

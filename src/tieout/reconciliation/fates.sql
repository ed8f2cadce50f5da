-- What becomes of each entry of a differing event: ``kept`` and compared, ``void`` (taken back by another one), or
-- ``repeated`` (beyond what the event needs). Judged per half: money roles, goods roles.
-- Grain: one row per unit, half and journal. ``voids`` names the journal that a void pair takes back. Entries without an
-- event are here only where they are void.
with recursive lines as (
    select sides.*, posted.posted_at, posted.reverses_journal_id
    from sides
    semi join differing using (unit_kind, unit_id, half)
    left join (
        select journal_id, min(posted_at) as posted_at, min(reverses_journal_id) as reverses_journal_id
        from recorded
        group by journal_id
    ) as posted using (journal_id)
    where side = 'recorded' and unit_kind <> 'batch'
),
reversals as (
    select unit_kind, unit_id, half, journal_id, reverses_journal_id
    from lines
    where reverses_journal_id is not null
    group by all
),
-- Along a chain of reversals the newest stands, so what it takes back is void, so what that took back stands again.
chain as (
    select *, 0 as level
    from reversals
    where journal_id not in (select reverses_journal_id from reversals)
    union all
    select reversals.*, chain.level + 1
    from chain
    join reversals on chain.unit_kind = reversals.unit_kind and chain.unit_id = reversals.unit_id
        and chain.half = reversals.half and chain.reverses_journal_id = reversals.journal_id
    where chain.level < 100
),
pairs as (
    select chain.*
    from chain
    join lines on lines.unit_kind = chain.unit_kind and lines.unit_id = chain.unit_id
        and lines.half = chain.half and lines.journal_id in (chain.journal_id, chain.reverses_journal_id)
    where chain.level % 2 = 0
    group by all
    having count(distinct lines.journal_id) = 2 and sum(lines.amount) = 0
        and sum(case when lines.journal_id = chain.journal_id then abs(lines.amount) else -abs(lines.amount) end) = 0
),
voided as (
    select unit_kind, unit_id, half, journal_id, reverses_journal_id as voids from pairs
    union
    select unit_kind, unit_id, half, reverses_journal_id, reverses_journal_id from pairs
),
standing as (
    from lines
    anti join voided using (unit_kind, unit_id, half, journal_id)
    where unit_kind = 'event'
),
points as (
    select standing.unit_id, standing.half, journal_id, min(posted_at) as posted_at, standing.role,
        case when has_sku then sku end as sku,
        case when has_location then location end as location,
        case when has_channel then channel end as channel,
        period, sum(quantity) as quantity, sum(amount) as amount
    from standing
    join grain on standing.unit_id = grain.unit_id and standing.half = grain.half and standing.role = grain.role
        and grain.unit_kind = 'event'
    group by all
),
distances as (
    select points.unit_id, points.half, journal_id, min(posted_at) as posted_at,
        sum(abs(points.amount - coalesce(wanted.amount, 0)) - abs(coalesce(wanted.amount, 0))) as distance
    from points
    left join expected_points as wanted
        on points.unit_id = wanted.unit_id and points.half = wanted.half and points.role = wanted.role
        and points.sku is not distinct from wanted.sku and points.location is not distinct from wanted.location
        and points.channel is not distinct from wanted.channel and points.period = wanted.period
    group by all
),
ranked as (
    select *, count(*) over same_half as entries,
        first_value(journal_id) over same_half as nearest
    from distances
    window same_half as (
        partition by unit_id, half order by distance, posted_at nulls last, journal_id
        rows between unbounded preceding and unbounded following
    )
),
totals as (
    select unit_id, half, role, sum(amount) as amount, sum(quantity) as quantity from points group by all
),
wanted_totals as (
    select unit_id, half, role, sum(amount) as amount, sum(quantity) as quantity from expected_points group by all
),
in_parts as (
    select unit_id, half
    from totals
    full join wanted_totals using (unit_id, half, role)
    group by all
    having bool_and(totals.amount is not distinct from wanted_totals.amount)
        or bool_and(coalesce(totals.quantity = wanted_totals.quantity, true))
            and bool_or(wanted_totals.quantity is not null and totals.quantity is not null)
),
mixed as (
    -- Roles of which an event expects lines with and without an item: there the item tells its entries apart.
    select unit_id, half, role
    from sides
    where side = 'expected' and unit_kind = 'event'
    group by all
    having bool_or(sku is null) and bool_or(sku is not null)
),
touched as (
    select distinct unit_id, half, journal_id, role, coalesce(lines.sku, '') as sku
    from standing as lines
    semi join mixed using (unit_id, half, role)
    union all
    select distinct unit_id, half, journal_id, role, coalesce(sku, '')
    from points
    anti join mixed using (unit_id, half, role)
),
overlapping as (
    select distinct lines.unit_id, lines.half, lines.journal_id
    from touched as lines
    join ranked using (unit_id, half, journal_id)
    join touched as kept
        on kept.unit_id = lines.unit_id and kept.half = lines.half and kept.journal_id = ranked.nearest
        and kept.role = lines.role and kept.sku = lines.sku
)
select 'event' as unit_kind, ranked.unit_id, ranked.half, ranked.journal_id,
    case when ranked.entries = 1 or ranked.journal_id = ranked.nearest or in_parts.unit_id is not null
            or overlapping.journal_id is null then 'kept'
        else 'repeated' end as fate,
    null as voids
from ranked
left join in_parts using (unit_id, half)
left join overlapping
    on ranked.unit_id = overlapping.unit_id and ranked.half = overlapping.half
    and ranked.journal_id = overlapping.journal_id
union all
select unit_kind, unit_id, half, journal_id, 'void', voids from voided

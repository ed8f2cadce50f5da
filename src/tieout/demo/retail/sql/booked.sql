-- The clean lines that errors or omitted freight touch, with the coordinates at which the ledger has them.
-- Grain: one line of the clean journal. ``booked_...`` is the ledger's side; each ``..._cause`` names the step of the
-- walk from it to the clean line: existence, period, role, sku, location, channel, value. Pence.
with marks as (
    select
        plants.event_id, halves.half,
        max(cause) filter (where kind = 'missing') as missing_cause,
        max(cause) filter (where kind = 'dropped') as dropped_cause,
        max(cause) filter (where kind = 'copied') as copied_cause,
        max(cause) filter (where kind in ('late', 'at order', 'rolled')) as time_cause,
        max(kind) filter (where kind in ('late', 'at order', 'rolled')) as lateness,
        max(cause) filter (where kind = 'role') as role_cause,
        max(cause) filter (where kind = 'sku') as sku_cause,
        max(cause) filter (where kind = 'location') as location_cause,
        max(cause) filter (where kind = 'channel') as channel_cause,
        max(cause) filter (where kind in ('zero', 'stale', 'current', 'pack', 'sku')) as value_cause,
        max(kind) filter (where kind in ('zero', 'stale', 'current', 'pack', 'sku')) as valuation
    from plants
    join effects using (scenario)
    join (values ('money', 'money'), ('goods', 'goods'), ('all', 'money'), ('all', 'goods')) as halves (named, half)
        on effects.half = halves.named
    group by plants.event_id, halves.half
),
touched as (
    select event_id from plants
    union
    select event_id from journal where amount <> known
),
lines as (
    select
        journal.*, marks.* exclude (event_id, half),
        plants.ordered_at, plants.stale, plants.current, plants.pack, mismaps.taken_for,
        pence(abs(journal.quantity) * costs.unit_cost) as taken_cost,
        first_value(journal.sku) over (partition by journal.event_id, journal.half order by journal.sku) as first_sku
    from journal
    semi join touched using (event_id)
    left join plants using (event_id)
    left join marks using (event_id, half)
    left join mismaps on case when marks.sku_cause is not null then journal.sku end = mismaps.sku
    left join monthly_costs as costs on mismaps.taken_for = costs.sku and month_number(journal.moment) = costs.month
),
dated as (
    select
        *,
        case lateness
            when 'late' then next_month(moment) + 1 + draw(event_id, 'late', 5)::integer
            when 'at order' then ordered_at::date
            when 'rolled' then next_month(moment)
            else moment::date
        end as booked_on
    from lines
)
select
    event_id, event_type, half, document, moment::date as date, booked_on,
    case lateness
        when 'late' then booked_on + interval 10 hour
        when 'at order' then ordered_at + interval 20 minute
        when 'rolled' then booked_on + interval 178 hour
        else posted_at
    end as booked_at,
    role, sku, location, channel, amount,
    case when role_cause is not null and role = 'write_off' then 'inventory' else role end as booked_role,
    coalesce(taken_for, sku) as booked_sku,
    case when location_cause is not null and location <> '' then other_location(location) else location end
        as booked_location,
    case
        when role_cause is not null and role = 'write_off' then ''
        when channel_cause is not null and channel <> '' then other_channel(channel)
        else channel
    end as booked_channel,
    case valuation when 'pack' then quantity // pack else quantity end as booked_quantity,
    case
        when half = 'money' then amount
        when valuation = 'zero' then 0
        when valuation = 'stale' then sign(amount) * stale
        when valuation = 'current' then sign(amount) * current
        when valuation = 'pack' then known // pack
        when valuation = 'sku' then sign(amount) * taken_cost
        else known
    end::bigint as booked_amount,
    coalesce(missing_cause, case when sku = first_sku then dropped_cause end) as missing_cause,
    copied_cause, time_cause, role_cause, sku_cause, location_cause,
    coalesce(channel_cause, role_cause) as channel_cause,
    coalesce(value_cause, 'landed_cost_omitted') as value_cause
from dated

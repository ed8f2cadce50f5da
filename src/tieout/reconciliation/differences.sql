-- Everything by which the two books differ, line by line, with the step of the walk that found it. Causes claim these lines.
-- Grain: one row per line. Amounts are expected − recorded. Steps: ``existence`` (an expected half that was never booked),
-- ``orphan`` (an entry without an event), ``void``, ``repeated``, the moves of the walk, ``quantity``, ``unit_cost``,
-- ``unmatched``, and ``batch`` (what an entry for several events leaves over, with the cause and
-- account of its part where a settlement's rows tell). A move tells ``date_from`` (as booked) and
-- ``date_to``; a difference in value the recorded and expected quantity and amount that stand against each other.
with kept as (
    select distinct unit_id, half from fates where fate = 'kept'
),
whole_lines as (
    select 'existence' as step, sides.unit_kind, sides.unit_id, sides.half, null as journal_id, role, sku, location, channel,
        period, date,
        quantity, amount
    from sides
    semi join differing using (unit_kind, unit_id, half)
    anti join kept using (unit_id, half)
    where side = 'expected' and unit_kind = 'event'
    union all
    select fates.fate, sides.unit_kind, sides.unit_id, sides.half, coalesce(fates.voids, sides.journal_id), role, sku, location,
        channel, period, date,
        -quantity, -amount
    from sides
    join fates using (unit_kind, unit_id, half, journal_id)
    where side = 'recorded' and fate <> 'kept'
    union all
    select 'orphan', unit_kind, unit_id, half, journal_id, role, sku, location, channel, period, date, -quantity, -amount
    from sides
    anti join fates using (unit_kind, unit_id, half, journal_id)
    where side = 'recorded' and unit_kind = 'orphan'
),
batch_lines as (
    select
        'batch' as step, sides.unit_kind, sides.unit_id, sides.half, min(sides.journal_id) as journal_id, sides.role,
        case when has_sku then sku end as sku,
        case when has_location then location end as location,
        case when has_channel then channel end as channel,
        sides.period, min(date) as date, null::decimal(18, 4) as quantity,
        sum(case when side = 'expected' then amount else -amount end) as amount
    from sides
    semi join differing using (unit_kind, unit_id, half)
    join grain using (unit_kind, unit_id, half, role)
    where unit_kind = 'batch' and (half <> 'money' or unit_id not in (select unit_id from payout_parts))
    group by all
    union all by name
    select 'batch' as step, 'batch' as unit_kind, unit_id, 'money' as half, journal_id, role, period, date, amount,
        cause as part_cause, account as part_account
    from payout_parts
),
lines as (
    from whole_lines
    union all by name
    from batch_lines
    union all by name
    select *, 'event' as unit_kind from moves
    union all by name
    select *, 'event' as unit_kind from values
)
select
    step, unit_kind, unit_id, half, journal_id, role, sku, location, channel, period, min(date) as date,
    sum(quantity)::decimal(18, 4) as quantity, money(sum(amount)) as amount, part_cause, part_account,
    date_from, date_to, recorded_quantity, expected_quantity, recorded_amount, expected_amount
from lines
group by all
having sum(amount) <> 0

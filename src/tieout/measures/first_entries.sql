-- When each event came into the ledger: by the first entry that stands, its own or the one for many events that it is part of.
-- Grain: one row per event and half (money, goods) that has one. ``date`` and ``period``: of its accounting date; ``system``: who
-- posted.
-- ``is_summed``: the entry is for many.
with lines as (
    select journal_id, lines.half, lines.event_id, date, period, posted_at, source,
        coalesce(lines.batch_id, batches.batch_id, lines.event_id) as unit_id
    from linked_lines as lines
    left join batches on lines.event_id = batches.event_id and lines.half = batches.half
    where lines.event_id is not null or lines.batch_id is not null
),
entries as (
    select unit_id, half, min(date) as date, arg_min(period, date) as period, min(posted_at) as posted_at,
        min(source) as system
    from lines
    anti join (from fates where fate <> 'kept') as gone using (unit_id, half, journal_id)
    group by all
),
members as (
    select event_id, half, batch_id as unit_id, true as is_summed from batches
    union
    select event_id, half, unit_id, false from lines where unit_id = event_id
)
select members.event_id, half, entries.date, entries.period, entries.posted_at, entries.system, members.is_summed
from members
join entries using (unit_id, half)

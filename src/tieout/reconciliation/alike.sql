-- Entries that name nothing, and the events that they equal: the same amounts by role, the same items, and no other channel,
-- within 31 days. Manual entries are left out: what a person books without a reference is never matched by its amount.
-- Grain: one row per half of such an entry and event. ``is_booked``: the event has an entry of its own already.
-- ``is_unique``: the entry equals no other event that has none, and no other entry equals this event: the link of rung L4.
with unreferenced as (
    from recorded
    anti join candidates using (journal_id, line_no)
    anti join accepted_entries using (journal_id)
    anti join posted_lines using (journal_id)
    where is_compared and external_id is null and reverses_journal_id is null
        and not is_manual and role <> 'other'
),
entry_roles as (
    select journal_id, half, role, sum(amount) as amount from unreferenced group by all having sum(amount) <> 0
),
entries as (
    select journal_id, half, list({'role': role, 'amount': amount} order by role) as amounts from entry_roles group by all
),
entry_places as (
    select journal_id, half, min(date) as date, list(distinct sku order by sku) filter (where sku is not null) as skus,
        case when count(distinct channel) = 1 then min(channel) end as channel
    from unreferenced
    group by all
    having count(sku) > 0 or count(distinct channel) = 1
),
event_roles as (
    select event_id, roles.half, role, sum(amount) as amount
    from expected
    join roles using (role)
    semi join entry_roles on expected.role = entry_roles.role and roles.half = entry_roles.half
    group by all
    having sum(amount) <> 0
),
near as (
    -- Events with one of an entry's amounts: the few whose other lines are looked at.
    select distinct event_id, half
    from event_roles
    semi join entry_roles using (half, role, amount)
),
events as (
    select event_id, roles.half,
        list_sort(list(distinct sku) filter (where sku is not null)) as skus,
        case when count(distinct channel) = 1 then min(channel) end as channel, min(date) as date
    from expected
    join roles using (role)
    semi join near on expected.event_id = near.event_id and roles.half = near.half
    group by all
),
event_amounts as (
    select event_id, half, list({'role': role, 'amount': amount} order by role) as amounts
    from (
        select event_id, roles.half, role, sum(amount) as amount
        from expected
        join roles using (role)
        semi join near on expected.event_id = near.event_id and roles.half = near.half
        where role <> 'other'
        group by all
        having sum(amount) <> 0
    )
    group by all
),
booked as (
    select distinct recorded.external_id as event_id, recorded.half
    from recorded
    where is_compared and external_id is not null
    union
    select distinct event_id, half from candidates
),
entries_whole as (
    select * from entries join entry_places using (journal_id, half)
),
events_whole as (
    select * from event_amounts join events using (event_id, half)
),
equal as (
    -- Entries that tell no items apart from those that do, which meet only the events of theirs.
    select entries.journal_id, half, event_id, entries.date, events.date as event_date, entries.channel,
        events.channel as event_channel
    from entries_whole as entries join events_whole as events using (half, amounts, skus)
    union all
    select entries.journal_id, half, event_id, entries.date, events.date, entries.channel, events.channel
    from entries_whole as entries join events_whole as events using (half, amounts)
    where entries.skus is null
),
pairs as (
    select journal_id, half, event_id, booked.event_id is not null as is_booked
    from equal
    left join booked using (event_id, half)
    where abs(date_diff('day', date, event_date)) <= 31
        and (channel is null or event_channel is null or channel = event_channel)
)
select *,
    not is_booked
        and (count(*) filter (where not is_booked) over (partition by journal_id, half)) = 1
        and (count(*) filter (where not is_booked) over (partition by event_id, half)) = 1 as is_unique
from pairs

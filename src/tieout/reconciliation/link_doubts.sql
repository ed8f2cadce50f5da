-- What absences and orphans may have been, where the data cannot tell: which causes their lines may have.
-- Grain: one row per half of an entry without an event (``journal_id``), or of an event without an entry (``event_id``).
-- An entry that equals several events without one, or whose event equals several entries, is late or an orphan, and its event
-- booked late or never; one that equals only events that have theirs is a copy of it or an orphan. Where most entries of a
-- ledger name no key, what is absent may be any entry that names nothing at all and moves the same accounts the same way, for
-- the same items or on the same day.
with doubtful as (
    select alike.*, coalesce(names.late, 'late_posting') as late, names.missing
    from alike
    join event_keys as keys using (event_id)
    left join absence_names as names on keys.event_type = names.event_type and alike.half = names.half
    where (alike.journal_id, alike.half) not in (select (journal_id, half) from alike where is_unique)
),
absent as (
    select unit_id, period, role, amount
    from differences
    join event_keys as keys on differences.unit_id = keys.event_id
    where step = 'existence' and half = 'goods' and keys.event_type = 'shipment'
),
monthly as (
    -- One entry with the cost of all sales of a period that have none: costs booked by the month, or an orphan.
    select journal_id, period
    from (
        select journal_id, period, role, sum(amount) as amount
        from differences
        where step = 'orphan' and half = 'goods'
        group by all
    ) as orphans
    left join (
        select period, role, sum(amount) as amount from absent group by all having count(distinct unit_id) > 1
    ) as absences using (period, role)
    group by all
    having bool_and(coalesce(orphans.amount = -absences.amount, false))
),
counterparts as (
    -- As many short at one place as there are too many at another, counted on one day: lost and found, or moved unseen.
    select rows.event_id
    from stock_rows as rows
    join stock_rows as others
        on rows.sku = others.sku and rows.quantity = others.quantity and rows.date = others.date
        and coalesce(rows.ships_from, others.ships_from) <> coalesce(rows.arrives_at, others.arrives_at)
        and (rows.ships_from is null) <> (others.ships_from is null)
    where rows.event_id in (select unit_id from differences where step = 'existence')
        and others.event_id in (select unit_id from differences where step = 'existence')
        and rows.type in ('count', 'adjustment') and others.type in ('count', 'adjustment')
        and rows.document is null and others.document is null
),
unbooked as (
    -- What the events that have no entry moved, by place.
    select goods.event_id, goods.type as event_type, rows.occurred_at, goods.sku, sides.place,
        sides.side * goods.quantity as quantity
    from moved_goods as goods
    join stock_rows as rows using (event_id)
    cross join lateral (values (goods.from_location, -1), (goods.to_location, 1)) as sides (place, side)
    where sides.place is not null
        and goods.event_id in (select unit_id from differences where step = 'existence' and half = 'goods')
),
counted as (
    -- By the newest count of each system.
    select system, taken_at, sku, location as place, sum(difference) as difference
    from quantity_drift
    where location is not null and (system, taken_at) in (select (system, max(taken_at)) from stock_snapshots group by system)
    group by all
),
disputed as (
    -- A count that is what the ledger has, not what the history leaves: which of the two is wrong is open.
    select sku, place, taken_at
    from counted
    join unbooked using (sku, place)
    where unbooked.occurred_at <= counted.taken_at
    group by system, sku, place, taken_at, difference
    having sum(unbooked.quantity) = -difference
),
nameless as (
    select count(*) filter (where name is null) * 2 > count(*) as is_nameless
    from (
        select journal_id, max(coalesce(external_id, batch_id)) as name from recorded where is_compared and not is_manual
        group by journal_id
    )
),
directions as (
    -- What is too much or too little, as entries: who has it, the accounts and their sides, the items.
    select step, half, unit_id, journal_id, min(date) as date,
        list((role, if(step = 'orphan', -amount, amount) > 0) order by role) as sides,
        list_sort(list_distinct(flatten(list(skus) filter (where skus is not null)))) as skus
    from (
        select step, half, unit_id, journal_id, role, min(date) as date, list(sku) filter (where sku is not null) as skus,
            sum(amount) as amount
        from differences
        where step in ('existence', 'orphan') and role <> 'other'
        group by step, half, unit_id, journal_id, role
        having sum(amount) <> 0
    )
    cross join nameless
    where is_nameless
    group by all
),
unnamed as (
    select * from directions
    where step = 'orphan' and journal_id in (
        select journal_id from recorded group by journal_id
        having count(external_id) = 0 and count(document) = 0 and not bool_or(is_manual)
    )
),
absences as (
    select directions.*, keys.event_type, keys.sku
    from directions
    join event_keys as keys on directions.unit_id = keys.event_id
    where step = 'existence'
),
paired as (
    select absences.unit_id, entries.journal_id, half, event_type
    from absences join unnamed as entries using (half, sides, skus)
    union
    select absences.unit_id, entries.journal_id, absences.half, event_type
    from absences
    join unnamed as entries
        on absences.half = entries.half and absences.sides = entries.sides and [absences.sku] = entries.skus
    union
    select absences.unit_id, entries.journal_id, half, event_type
    from absences join unnamed as entries using (half, sides, date)
),
perhaps as (
    -- Either of a pair for itself: an entry without items may be any of many, and each of those that entry.
    select journal_id, null as unit_id, half, event_type from paired
    union
    select null, unit_id, half, event_type from paired
    union
    select journal_id, null, half, event_type
    from unnamed
    join (select distinct half, sides, event_type from absences) as kinds using (half, sides)
    where skus is null
    union
    select null, unit_id, half, event_type
    from absences
    semi join (from unnamed where skus is null) as entries using (half, sides)
),
named as (
    select journal_id, null as event_id, half, late as cause from doubtful where not is_booked
    union all
    select journal_id, null, half, 'orphan_connector_entry' from doubtful
    union all
    select journal_id, null, half, 'duplicate_posting' from doubtful where is_booked
    union all
    select null, event_id, half, unnest([late, missing]) from doubtful where not is_booked
    union all
    select journal_id, null, 'goods', unnest(['accepted_policy_difference', 'orphan_connector_entry']) from monthly
    union all
    select null, absent.unit_id, 'goods', unnest(['accepted_policy_difference', 'missing_cogs'])
    from absent
    semi join monthly using (period)
    union all
    select null, event_id, 'goods', unnest(['adjustment_unposted', 'transfer_invisible']) from counterparts
    union all
    select null, unbooked.event_id, 'goods', unnest([names.missing, 'system_qty_drift'])
    from unbooked
    join disputed using (sku, place)
    join absence_names as names on unbooked.event_type = names.event_type and names.half = 'goods'
    where unbooked.occurred_at <= disputed.taken_at
    union all
    select journal_id, null, perhaps.half, unnest([coalesce(names.late, 'late_posting'), 'orphan_connector_entry'])
    from perhaps
    left join absence_names as names using (event_type, half)
    where journal_id is not null
    union all
    select null, unit_id, perhaps.half, unnest([coalesce(names.late, 'late_posting'), names.missing])
    from perhaps
    left join absence_names as names using (event_type, half)
    where unit_id is not null
)
select journal_id, event_id, half, list(distinct cause order by cause) as candidates
from named
where cause is not null
group by journal_id, event_id, half
having count(distinct cause) > 1

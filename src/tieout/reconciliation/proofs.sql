-- The identities of the run, at every coordinate where they could break.
-- Grain: one row per proof, period and role (blank where the proof has none). ``difference`` must be zero.
-- books: recorded + Σ corrections = expected.  points: the same at the compared grain, for every unit that differs or has a correction.
-- journals, events, entries: every recorded journal, expected event and correcting entry balances.
-- stock: per sku and place, the expected journal's inventory and goods in transit = the open layers.
-- conservation: per sku, value in = value on hand + value out, with every true-up on its side.
with recorded_totals as (
    select period, role, sum(amount) as recorded from linked_lines group by all
),
expected_totals as (
    select period, role, sum(amount) as expected from expected group by all
),
correction_totals as (
    select period, role, sum(amount) as corrections from corrections group by all
),
books as (
    select 'books' as proof, period, role, coalesce(expected, 0) as expected, coalesce(recorded, 0) as recorded,
        coalesce(corrections, 0) as corrections
    from expected_totals
    full join recorded_totals using (period, role)
    full join correction_totals using (period, role)
),
unit_points as (
    select unit_kind, unit_id, half, role, period,
        case when has_sku then sku end as sku,
        case when has_location then location end as location,
        case when has_channel then channel end as channel,
        case when side = 'expected' then amount else 0 end as expected,
        case when side = 'recorded' then amount else 0 end as recorded,
        0 as corrections
    from sides
    semi join differing using (unit_kind, unit_id, half)
    join grain using (unit_kind, unit_id, half, role)
    union all
    select corrections.unit_kind, event_id, corrections.half, corrections.role, period,
        case when coalesce(has_sku, true) then sku end,
        case when coalesce(has_location, true) then location end,
        case when coalesce(has_channel, true) then channel end,
        0, 0, amount
    from corrections
    left join grain
        on corrections.unit_kind = grain.unit_kind and corrections.event_id = grain.unit_id
        and corrections.half = grain.half and corrections.role = grain.role
),
points as (
    select 'points' as proof, period, role, sum(expected) as expected, sum(recorded) as recorded,
        sum(corrections) as corrections, sum(abs(difference)) as difference
    from (
        select period, role, sum(expected) as expected, sum(recorded) as recorded, sum(corrections) as corrections,
            sum(expected) - sum(recorded) - sum(corrections) as difference
        from unit_points
        group by unit_kind, unit_id, half, role, period, sku, location, channel
    )
    group by period, role
),
balances as (
    select 'journals' as proof, sum(abs(amount)) as difference
    from (select sum(amount) as amount from recorded group by journal_id)
    union all
    select 'events', sum(abs(amount)) from (select sum(amount) as amount from expected group by event_id)
    union all
    select 'entries', sum(abs(amount)) from (select sum(amount) as amount from corrections group by cause, event_id)
),
stock_flows as (
    select rows.period, events.sku, sum(events.amount) as amount
    from valued_events as events
    join stock_rows as rows using (event_id)
    group by all
    union all
    select period, sku, sum(placed - amount) from true_ups group by all
),
on_hand as (
    select sku, sum(amount) as amount
    from (select sku, amount from layers union all select sku, -amount from shortages)
    group by sku
),
conservation as (
    select 'conservation' as proof, sum(abs(coalesce(flows.amount, 0) - coalesce(on_hand.amount, 0))) as difference
    from (select sku, sum(amount) as amount from stock_flows group by sku) as flows
    full join on_hand using (sku)
),
stock as (
    -- Declared-right manual entries are in the journal, not in the replay.
    select 'stock' as proof, sum(abs(coalesce(booked.amount, 0) - coalesce(replayed.amount, 0))) as difference
    from (
        select expected.sku, expected.location, sum(expected.amount) as amount
        from expected
        where event_type <> 'accepted_entry'
            and role in (select booked_role from roles where role in ('inventory', 'in_transit'))
        group by all
    ) as booked
    full join (
        select sku, location, sum(amount) as amount
        from (
            select sku, location, amount from layers union all select sku, location, -amount from shortages
        )
        group by all
    ) as replayed
        on booked.sku = replayed.sku and booked.location is not distinct from replayed.location
)
select proof, period, role, money(expected) as expected, money(recorded) as recorded, money(corrections) as corrections,
    money(expected - recorded - corrections) as difference
from books
union all
select proof, period, role, money(expected), money(recorded), money(corrections), money(difference) from points
union all
select proof, null, null, null, null, null, money(coalesce(difference, 0)) from balances
union all
select proof, null, null, null, null, null, money(coalesce(difference, 0)) from conservation
union all
select proof, null, null, null, null, null, money(coalesce(difference, 0)) from stock
order by proof, period, role

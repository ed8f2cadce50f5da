-- The identities of the run, at every coordinate where they could break.
-- Grain: one row per proof, period and role (blank where the proof has none). ``difference`` must be zero.
-- books: recorded + Σ corrections = expected.  points: the same at the compared grain, for every unit that differs or has a
-- correction. journals, events, entries, proposals: every recorded journal, expected event, cause of an event and proposed
-- entry balances. stock: per sku and place, the expected journal's inventory and goods in transit = the open layers.
-- conservation: per cost pool and period, value in = value on hand + value out, with every true-up and late cost on its side;
-- at the end what is on hand = the open layers.
with recorded_totals as (
    select period, role, sum(amount) as recorded
    from (
        select period, role, amount from linked_lines
        union all
        select period, role, amount from recorded semi join posted_lines using (journal_id)
    )
    group by all
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
    from (from corrections where unit_kind <> 'entry') as corrections
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
    union all
    select 'proposals', sum(abs(amount)) from (select sum(amount) as amount from entries group by entry_id, date)
),
last_legs as (
    select cell_from as cell, row, date, from_amount_after as amount
    from valued_legs
    join kernel_legs using (row)
    where cell_from >= 0
    union all
    select cell_to, row, date, to_amount_after from valued_legs join kernel_legs using (row) where cell_to >= 0
),
period_ends as (
    -- What the replay said was in a cell right after its last leg of a period.
    select cell, days.period, max(row) as row, from_minor_units(arg_max(amount, row)) as amount
    from last_legs
    join days using (date)
    group by all
),
flows as (
    select ends.cell, ends.row, sum(value_flows.amount) as amount
    from value_flows
    asof join period_ends as ends on value_flows.cell = ends.cell and value_flows.row <= ends.row
    group by all
),
conservation as (
    select 'conservation' as proof, period, sum(abs(amount - flowed)) as difference
    from (
        select period_ends.period, period_ends.amount,
            sum(coalesce(flows.amount, 0)) over (partition by period_ends.cell order by period_ends.row) as flowed
        from period_ends
        left join flows on period_ends.cell = flows.cell and period_ends.row = flows.row
    )
    group by period
    union all
    select 'conservation', null, sum(abs(coalesce(flowed.amount, 0) - coalesce(there.amount, 0)))
    from (
        select sku, location, sum(amount) as amount from value_flows join cells using (cell) group by all
    ) as flowed
    full join (
        select sku, location, sum(amount) as amount
        from (select sku, location, amount from layers union all select sku, location, -amount from shortages)
        group by all
    ) as there on flowed.sku = there.sku and flowed.location is not distinct from there.location
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
select proof, period, null, null, null, null, money(coalesce(difference, 0)) from conservation
union all
select proof, null, null, null, null, null, money(coalesce(difference, 0)) from stock
order by proof, period, role

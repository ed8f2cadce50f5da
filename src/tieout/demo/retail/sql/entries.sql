-- The ledger as it was booked.
-- Grain: one line of one entry. Pence. What one event books on one day is one entry; copies and voids are their own.
with lines as (
    select event_id, moment::date as booked_on, posted_at as booked_at, document, '' as entry,
        role, sku, location, channel, quantity, known as amount, source_of(event_type) as source
    from journal
    anti join booked using (event_id)
    union all
    select event_id, booked_on, booked_at, document, '', booked_role, booked_sku, booked_location, booked_channel,
        booked_quantity, booked_amount, source_of(event_type)
    from booked
    where missing_cause is null
    union all
    select event_id, booked_on, booked_at, document, entry, role, sku, location, channel, quantity, amount, source
    from extras
),
headed as (
    select event_id, booked_on, entry, min(booked_at) as booked_at,
        row_number() over (order by min(booked_at), event_id, booked_on, entry) as number
    from lines
    group by event_id, booked_on, entry
)
select
    event_key('JE', headed.number) as journal_id,
    row_number() over (
        partition by headed.number
        order by lines.role not in ('clearing', 'fees', 'returns'), lines.sku, -lines.amount, lines.role, lines.location
    ) as line_no,
    lines.* exclude (booked_at), headed.booked_at,
    event_key('JE', voided.number) as reverses_journal_id
from lines
join headed on lines.event_id = headed.event_id and lines.booked_on = headed.booked_on and lines.entry = headed.entry
left join headed as voided
    on case when lines.entry = 'void' then lines.event_id end = voided.event_id and voided.entry = ''

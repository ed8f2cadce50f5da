-- The ledger as it was booked.
-- Grain: one line of one entry; a summarised entry has one for each account, item, place and channel. Cents.
with headed as (
    select entry_key, min(booked_at) as booked_at, row_number() over (order by min(booked_at), entry_key) as number
    from lines
    group by entry_key
),
voided as (
    select lines.event_id, lines.half, lines.entry, any_value(headed.number) as number
    from lines
    join headed using (entry_key)
    semi join (select event_id from lines where voids is not null) as voiding using (event_id)
    group by all
),
named as (
    select lines.*, getvariable('prefix') || 'JE-' || lpad(headed.number::varchar, 8, '0') as journal_id,
        headed.number, headed.booked_at as posted_at_of_entry, voided.number as voided_number
    from lines
    join headed using (entry_key)
    left join voided on lines.event_id = voided.event_id and lines.half = voided.half and lines.voids = voided.entry
),
posted as (
    select * from named where not is_summarised
    union all by name
    select any_value(journal_id) as journal_id, number, any_value(posted_at_of_entry) as posted_at_of_entry, half, date, role,
        sku,
        location, channel, sum(quantity)::bigint as quantity, sum(amount)::bigint as amount, any_value(source) as source,
        any_value(batch_id) as batch_id
    from named
    where is_summarised
    group by number, half, date, role, sku, location, channel
)
select journal_id,
    row_number() over (
        partition by number order by event_id, half, role not in ('clearing', 'fees', 'returns', 'cogs'), role, sku,
            amount desc, location
    ) as line_no,
    event_id as external_id, half, date, posted_at_of_entry as posted_at,
    if(is_edited, posted_at_of_entry + 5 * 86400, null) as modified_at,
    if(is_deleted, posted_at_of_entry + 4 * 86400, null) as deleted_at,
    document, role, sku, location, channel, quantity, amount, source, memo, batch_id,
    getvariable('prefix') || 'JE-' || lpad(voided_number::varchar, 8, '0') as reverses_journal_id
from posted

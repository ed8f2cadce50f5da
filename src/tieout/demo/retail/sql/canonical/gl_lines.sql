-- Grain: one line of one entry; GBP, debit +, credit -.
select
    entries.journal_id, entries.line_no::integer as line_no, accounts.account, pounds(entries.amount) as amount,
    entries.booked_on as effective_date, entries.booked_at as posted_at,
    nullif(entries.sku, '') as sku, entries.quantity, nullif(entries.location, '') as location,
    nullif(entries.channel, '') as channel, entries.event_id as external_id,
    entries.document, null::varchar as batch_id, entries.source, entries.source = 'manual' as is_manual,
    entries.reverses_journal_id
from entries
join accounts using (role)
order by entries.journal_id, entries.line_no

-- Grain: one line of one entry; USD, debit +, credit -.
select entries.journal_id, entries.line_no::integer as line_no, accounts.account, dollars(entries.amount) as amount,
    entries.date as effective_date, moment(entries.posted_at) as posted_at, moment(entries.modified_at) as modified_at,
    moment(entries.deleted_at) as deleted_at, nullif(entries.sku, '') as sku, entries.quantity,
    nullif(entries.location, '') as location, nullif(shop(entries.channel), '') as channel, entries.external_id, entries.document,
    entries.batch_id, shop(entries.source) as source, entries.source = 'manual' as is_manual, entries.memo,
    entries.reverses_journal_id
from entries
join accounts using (role)
order by entries.journal_id, entries.line_no

-- Lines with the head of their entry, debit positive. An amount in another currency is turned at the entry's rate.
-- Grain: one row per line.
with names as (
    select *, unnest(list_distinct([id, coalesce(parent_id, id)])) as known_as from quickbooks_api_journal_entries
),
entries as (
    from names qualify row_number() over (partition by known_as order by source_file, source_row) = 1
),
accounts as (
    select id, any_value(fully_qualified_name) as name from quickbooks_api_accounts group by id
)
select lines.source_file, lines.source_row, coalesce(entries.id, journal_entry_id) as journal_entry_id, lines.index as line_no,
    coalesce(accounts.name, account_id) as account, amount as written, doc_number,
    currency_id, iso_date(transaction_date, entries.file_dates) as day,
    iso_time(created_at, entries.file_zone, entries.file_dates) as created_at,
    iso_time(updated_at, entries.file_zone, entries.file_dates) as updated_at,
    case when lower(_fivetran_deleted) = 'true' then iso_time(updated_at, entries.file_zone, entries.file_dates) end
        as deleted_at,
    case lower(posting_type) when 'debit' then number(amount) when 'credit' then -number(amount) end as signed,
    coalesce(number(exchange_rate), 1) as rate
from quickbooks_api_journal_entry_lines as lines
left join entries on journal_entry_id = entries.known_as
left join accounts on account_id = accounts.id
where lines.is_data

-- What each line posts, in the company's currency. The package states it twice: as written, with its side (``amount``), and
-- turned to the account's own side (``adjusted``), which it does with the converted amount, too.
-- Grain: one row per line; Dr +. It has no times and numbers of documents; the table of journal entries has those of its own.
with entries as (
    from quickbooks_api_journal_entries qualify row_number() over (partition by id order by source_file, source_row) = 1
),
signed as (
    select *, case lower(transaction_type) when 'debit' then 1 when 'credit' then -1 end as side,
        if(account_transaction_type = transaction_type, 1, -1) as turn
    from quickbooks_dbt_general_ledger
    where is_data
)
select transaction_source || ' ' || transaction_id as journal_id, unique_id as line_no, account,
    coalesce((number(adjusted_converted_amount) * turn * side)::varchar, (number(amount) * side)::varchar, amount) as amount,
    (number(amount) * side)::varchar as transaction_amount, iso_date(lines.transaction_date, lines.file_dates) as effective_date,
    iso_time(created_at, entries.file_zone, entries.file_dates) as posted_at,
    iso_time(updated_at, entries.file_zone, entries.file_dates) as modified_at, doc_number as document,
    replace(transaction_source, '_', ' ') as source, (transaction_source = 'journal_entry')::varchar as is_manual,
    lines.source_file, lines.source_row
from signed as lines
left join quickbooks_dbt_ledger_accounts as accounts
    on lines.source_file = accounts.source_file and lines.account_id is not distinct from accounts.account_id
left join entries on transaction_source = 'journal_entry' and transaction_id = entries.id

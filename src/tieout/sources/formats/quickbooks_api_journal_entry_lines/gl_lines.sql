-- What journal entries post. Invoices, bills, payments and the like post, too, and are not here: their general ledger is.
-- Grain: one row per line of an entry.
select journal_entry_id as journal_id, line_no, account,
    coalesce(case when rate = 1 then signed else money(times(signed, rate)) end::varchar, written) as amount,
    currency_id as currency, signed::varchar as transaction_amount, day as effective_date, created_at as posted_at,
    updated_at as modified_at, deleted_at, doc_number as document, 'journal entry' as source, 'true' as is_manual,
    source_file, source_row
from quickbooks_api_journal_entry_lines_posted

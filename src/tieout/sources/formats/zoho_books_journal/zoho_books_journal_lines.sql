-- The lines of Zoho's journals, and the journal that each belongs to: by its number, else by its reference and day.
-- Grain: one row per line.
select source_file, source_row, coalesce(account_code, gl_account) as account, gl_account as name,
    iso_date(date, file_dates) as effective_date, debit_less_credit(debit, credit) as amount, debit, credit, reference_number,
    coalesce(journal_number, concat_ws(' ', reference_number, iso_date(date, file_dates))) as journal_id,
    nullif(order_id, 'nan') as order_id
from zoho_books_journal
where is_data

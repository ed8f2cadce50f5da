-- The accounts that the invoices are booked to.
-- Grain: one row per account and file.
select account, account as name, source_file, min(source_row) as source_row
from zoho_books_invoices
cross join (values ('Accounts Receivable'), ('Sales')) as accounts (account)
where is_data
group by account, source_file

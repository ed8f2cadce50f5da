-- The accounts that the payments are booked to.
-- Grain: one row per account and file.
select account, account as name, source_file, min(source_row) as source_row
from (
    select unnest(['Accounts Receivable', paid_through_account]) as account, source_file, source_row
    from zoho_books_payments
    where is_data
)
where account is not null
group by account, source_file

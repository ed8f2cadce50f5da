-- What the payments book: Dr the account that they went through, Cr Accounts Receivable; under the settlement that pays them.
-- Grain: two rows per payment; Dr +.
with payments as (
    select *, concat_ws(' ', 'payment', invoice_number, settlement_id) as journal_id,
        row_number() over (partition by source_file, invoice_number, settlement_id order by source_row) as payment
    from zoho_books_payments
    where is_data
)
select journal_id, (2 * payment - (side > 0)::int)::varchar as line_no,
    if(side > 0, paid_through_account, 'Accounts Receivable') as account,
    coalesce((side * number(payment_amount))::varchar, payment_amount) as amount,
    iso_date(payment_date, file_dates) as effective_date, settlement_id as external_id, settlement_id as document,
    source_file, source_row
from payments
cross join (values (1), (-1)) as sides (side)

-- What the invoices book: Dr Accounts Receivable, Cr Sales, the accounts that Zoho gives an invoice that names none. A line names
-- its order, else the settlement that it is made from. A draft counts: it is the state in which a connector hands invoices over.
-- Grain: two rows per item of an invoice; Dr +.
with items as (
    select *, concat_ws(' ', 'invoice', invoice_number, settlement_id) as journal_id,
        row_number() over (partition by source_file, invoice_number, settlement_id order by source_row) as item
    from zoho_books_invoices
    where is_data
)
select journal_id, (2 * item - (side > 0)::int)::varchar as line_no,
    if(side > 0, 'Accounts Receivable', 'Sales') as account,
    coalesce((side * number(invoice_line_amount))::varchar, invoice_line_amount) as amount,
    iso_date(invoice_date, file_dates) as effective_date,
    if(side < 0, sku, null) as sku, coalesce(merchant_order_id, settlement_id) as external_id, settlement_id as document,
    source_file, source_row
from items
cross join (values (1), (-1)) as sides (side)

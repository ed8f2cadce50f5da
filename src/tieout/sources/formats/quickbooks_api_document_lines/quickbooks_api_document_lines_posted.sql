-- What documents post: their lines, their totals to the account on the other side, and their tax. The tables state no sides:
-- they follow from the kind of document, which the lines' own column tells.
-- Grain: one posting of a document; Dr +, in its currency. ``source_rows``: the lines that it is made of.
with parts as (
    select invoice_id, invoice_line_index, index as part, amount as part_amount,
        coalesce(line_account_id, account_id) as part_account, coalesce(line_item_id, item_id) as part_item,
        coalesce(line_quantity, quantity) as part_quantity
    from quickbooks_api_bundle_lines
    where is_data
),
told as (
    -- A bundle is what is in it, where that is at hand.
    select source_file, source_row, index || coalesce('.' || part, '') as index, coalesce(part_amount, amount) as written,
        number(coalesce(part_amount, amount)) as amount, bundle_id, discount_account_id,
        coalesce(part_account, line_account_id, account_id) as own_account,
        coalesce(part_item, line_item_id, item_id) as item_id, coalesce(part_quantity, line_quantity, quantity) as quantity,
        coalesce(deposit_id, lines.invoice_id, sales_receipt_id, credit_memo_id, refund_id, bill_id, purchase_id,
            vendor_credit_id) as id,
        case when deposit_id is not null then 'deposit' when lines.invoice_id is not null then 'invoice'
            when sales_receipt_id is not null then 'sales receipt' when credit_memo_id is not null then 'credit memo'
            when refund_id is not null then 'refund receipt' when bill_id is not null then 'bill'
            when purchase_id is not null then 'purchase' else 'vendor credit' end as kind
    from quickbooks_api_document_lines as lines
    left join parts on bundle_id is not null and lines.invoice_id = parts.invoice_id and index = invoice_line_index
    where is_data
),
accounts as (
    select id, any_value(fully_qualified_name) as name, any_value(account_type) as type, any_value(account_sub_type) as sub_type
    from quickbooks_api_accounts
    where is_data
    group by id
),
items as (
    select id, any_value(coalesce(stock_keeping_unit, name)) as sku, any_value(income_account_id) as income_account,
        any_value(case when lower(track_quantity_on_hand) = 'true' then asset_account_id else expense_account_id end)
            as cost_account
    from quickbooks_api_items
    group by id
),
bundles as (
    select bundle_id, min(income_account) as income_account
    from quickbooks_api_bundle_items as content
    join items on content.item_id = items.id
    group by bundle_id
    having min(income_account) = max(income_account)
),
heads as (
    from quickbooks_api_documents
    where is_data
    qualify row_number() over (partition by id order by source_file, source_row) = 1
),
documents as (
    -- ``side`` of the total: what a customer owes or has paid is a debit, what is owed or has been paid a credit.
    select kind, id, told.source_file, min(told.source_row) as source_row,
        list(told.source_row order by told.source_row) as source_rows,
        case when kind in ('invoice', 'sales receipt', 'vendor credit', 'deposit') then 1
            when kind = 'purchase' and lower(any_value(credit)) = 'true' then 1 else -1 end as side,
        case when kind in ('invoice', 'credit memo') then (select min(id) from accounts where type = 'Accounts Receivable')
            when kind in ('bill', 'vendor credit') then coalesce(any_value(payable_account_id),
                (select min(id) from accounts where type = 'Accounts Payable'))
            when kind in ('purchase', 'deposit') then any_value(heads.account_id)
            else coalesce(any_value(deposit_to_account_id),
                (select min(id) from accounts where sub_type = 'UndepositedFunds')) end as total_account,
        any_value(number(total_amount)) as total, any_value(number(total_tax)) as tax,
        any_value(cash_back_account_id) as cash_account, any_value(number(cash_back_amount)) as cash
    from told
    join heads using (id)
    group by kind, id, told.source_file
),
postings as (
    select kind, id, told.source_file, told.source_row, [told.source_row] as source_rows, told.index as line_no,
        case when amount is not null then if(discount_account_id is null, -side, side) * amount end as signed, written,
        case when kind = 'deposit' then coalesce(own_account,
                (select min(id) from accounts where sub_type = 'UndepositedFunds'))
            when kind in ('bill', 'purchase', 'vendor credit') then coalesce(own_account, cost_account)
            else coalesce(own_account, items.income_account, bundles.income_account, discount_account_id) end as posted_to,
        sku, quantity
    from told
    join documents using (kind, id, source_file)
    left join items on told.item_id = items.id
    left join bundles using (bundle_id)
    union all by name
    select kind, id, source_file, source_row, source_rows, 'total' as line_no, side * total as signed, total_account as posted_to
    from documents
    union all by name
    select kind, id, source_file, source_row, source_rows, 'tax' as line_no, -side * tax as signed,
        (select min(id) from accounts where name in ('Sales Tax Payable', 'Global Tax Payable')) as posted_to
    from documents
    where tax <> 0
    union all by name
    select kind, id, source_file, source_row, source_rows, 'cash back' as line_no, cash as signed, cash_account as posted_to
    from documents
    where cash <> 0
)
select postings.* exclude (posted_to), coalesce(accounts.name, posted_to,
        case line_no when 'tax' then 'Sales Tax Payable' when 'total' then
            case when kind in ('invoice', 'credit memo') then 'Accounts Receivable' when kind in ('bill', 'vendor credit')
                then 'Accounts Payable' else 'Undeposited Funds' end
            else if(kind = 'deposit', 'Undeposited Funds', null) end) as account,
    doc_number, currency_id, coalesce(number(exchange_rate), 1) as rate, iso_date(transaction_date, heads.file_dates) as day,
    iso_time(created_at, heads.file_zone, heads.file_dates) as created_at,
    iso_time(updated_at, heads.file_zone, heads.file_dates) as updated_at, lower(_fivetran_deleted) = 'true' as is_deleted
from postings
join heads using (id)
left join accounts on posted_to = accounts.id

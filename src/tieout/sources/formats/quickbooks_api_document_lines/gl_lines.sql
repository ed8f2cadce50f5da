-- What documents post, in the company's currency at the document's rate. A quantity of more than four decimals is none of goods.
-- Grain: one row per line of a document, its total, and its tax and cash back if it has any.
select kind || ' ' || id as journal_id, line_no, account,
    coalesce(case when rate = 1 then signed else money(times(signed, rate)) end::varchar, written) as amount,
    currency_id as currency, signed::varchar as transaction_amount, day as effective_date, created_at as posted_at,
    updated_at as modified_at, case when is_deleted then updated_at end as deleted_at,
    sku, case when not regexp_matches(quantity, '\.\d{5}') then plain_number(quantity) end as quantity,
    doc_number as document, kind as source, 'false' as is_manual, source_file, source_row, source_rows
from quickbooks_api_document_lines_posted

-- The lines of the ledger. A line names its order where its notes do, else the reference (a settlement, an invoice).
-- Grain: one row per line; Dr +.
select journal_id, row_number() over (partition by source_file, journal_id order by source_row)::varchar as line_no, account,
    amount, effective_date, coalesce(order_id, reference_number) as external_id, reference_number as document,
    source_file, source_row
from zoho_books_journal_lines

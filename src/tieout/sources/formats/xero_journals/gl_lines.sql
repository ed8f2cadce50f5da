-- The lines of the ledger; a journal's reference is the number of its document, or of the order.
-- Grain: one row per line; Dr +.
select journal_id, row_number() over (partition by source_file, journal_id order by source_row)::varchar as line_no, account,
    amount, effective_date, reference as external_id, reference as document, source_file, source_row
from xero_journal_lines

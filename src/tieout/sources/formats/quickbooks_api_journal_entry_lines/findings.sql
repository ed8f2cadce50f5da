-- The ledger is not whole: only what was entered by hand stands in these tables.
-- Grain: one row per file.
select 'partial_ledger' as finding, 'warning' as severity, 'gl_lines' as "table", source_file as id,
    'only journal entries are here: export the general ledger, too, for invoices, bills and payments' as message,
    count(*)::decimal(18, 4) as quantity, null::decimal(38, 6) as amount
from quickbooks_api_journal_entry_lines_posted
group by source_file

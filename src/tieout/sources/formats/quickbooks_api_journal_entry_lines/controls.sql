-- Does every journal entry balance?
-- Grain: one row per file: an extract that is whole comes to nil.
select source_file, 'debits less credits' as control, source_file as id, 0::decimal(38, 6) as expected,
    sum(signed)::decimal(38, 6) as found
from quickbooks_api_journal_entry_lines_posted
group by source_file

-- Do debits equal credits?
-- Grain: one row per file.
select source_file, 'debits and credits' as control, source_file as id, sum(coalesce(number(debit), 0)) as expected,
    sum(coalesce(number(credit), 0)) as found
from xero_journal_lines
group by source_file

-- Do debits equal credits?
-- Grain: one row per journal and file.
select source_file, 'debits and credits' as control, journal_id as id, coalesce(sum(number(debit)), 0) as expected,
    coalesce(sum(number(credit)), 0) as found
from zoho_books_journal_lines
group by source_file, journal_id

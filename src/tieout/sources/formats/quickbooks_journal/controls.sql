-- Do debits equal credits, and the totals under the entries their lines?
-- Grain: one row per control and file.
with entries as (
    select source_file, journal_id, coalesce(sum(number(debit)) filter (where is_data), 0) as debits,
        coalesce(sum(number(credit)) filter (where is_data), 0) as credits, max(number(debit)) filter (where is_total) as total
    from quickbooks_journal_lines
    group by source_file, journal_id
)
select source_file, 'debits and credits' as control, source_file as id, sum(debits) as expected, sum(credits) as found
from entries
group by source_file
union all
select source_file, 'entry totals', source_file, sum(total), sum(debits)
from entries
where total is not null
group by source_file

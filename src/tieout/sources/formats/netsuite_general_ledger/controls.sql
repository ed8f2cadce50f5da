-- Do debits equal credits, and does the search's own total agree with its lines?
-- Grain: one row per control and file.
with summed as (
    select source_file, coalesce(sum(number(debit)) filter (where is_data), 0) as debits,
        coalesce(sum(number(credit)) filter (where is_data), 0) as credits,
        max(number(debit)) filter (where not is_data) as total
    from netsuite_general_ledger
    group by source_file
)
select source_file, 'debits and credits' as control, source_file as id, debits as expected, credits as found from summed
union all
select source_file, 'total of debits', source_file, total, debits from summed where total is not null

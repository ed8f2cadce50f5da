-- The lines of the journal, and the entry that each belongs to. An entry begins with a day after a line without one or after a
-- total, or with another day, type or number. Reports number no entries: several of one day, type and number are counted.
-- Grain: one row per row of the report; ``is_total``: the totals of the entry above.
with ordered as (
    select *, iso_date(date, file_dates) as day, coalesce(debit, credit) is not null and not is_data and mark is null
            and date is null and lag(is_data) over report_rows as is_total,
        is_data and date is not null and (
            (lag(is_data and date is not null) over report_rows) is not true
            or (date, transaction_type, num) is distinct from lag((date, transaction_type, num)) over report_rows
            or source_row > 1 + lag(source_row) over report_rows) as starts
    from quickbooks_journal
    window report_rows as (partition by source_file order by source_row)
),
counted as (
    select *, count(*) filter (where starts) over (
            partition by source_file order by source_row rows between unbounded preceding and current row) as entry
    from ordered
),
heads as (
    select source_file, entry, day as head_day, transaction_type as head_type,
        coalesce('id ' || transaction_id, concat_ws(' ', day, transaction_type, num)) as key, num as head_num,
        row_number() over (partition by source_file, key order by source_row) as turn
    from counted
    where starts
)
select source_file, source_row, is_data, is_total, key || case when turn > 1 then ' #' || turn else '' end as journal_id,
    coalesce(day, head_day) as effective_date, coalesce(transaction_type, head_type) as type, coalesce(num, head_num) as num,
    account as path, debit, credit, debit_less_credit(debit, credit) as amount
from counted
left join heads using (source_file, entry)
where is_data or is_total

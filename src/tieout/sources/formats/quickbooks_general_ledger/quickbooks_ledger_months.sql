-- What the running balances say of each month: that of its last transaction, and the one before its first.
-- Grain: one account of a file and month that it moved in, or that the report begins with; on the account's own side.
with months as (
    select source_file, path, effective_date[:7] as period, max(source_row) filter (where is_data) as last_row,
        min(source_row) as source_row, arg_max(balance, source_row) filter (where is_data) as closing
    from quickbooks_ledger_rows
    where is_data and balance is not null
    group by all
),
openings as (
    select rows.source_file, path, any_value(balance) as opening, min(source_row) as source_row, first_period
    from quickbooks_ledger_rows as rows
    join (select source_file, min(period) as first_period from months group by source_file) using (source_file)
    where not is_data
    group by all
),
moved as (
    select months.source_file, months.path, period, last_row as source_row, closing,
        coalesce(lag(closing) over account_months, opening, 0) as opening
    from months
    left join openings using (source_file, path)
    window account_months as (partition by months.source_file, months.path order by months.source_row)
)
select source_file, path, period, source_row, opening, closing from moved
union all
select source_file, path, first_period, source_row, opening, opening
from openings
anti join moved on openings.source_file = moved.source_file and openings.path = moved.path
    and openings.first_period = moved.period

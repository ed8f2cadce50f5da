-- The rows of the report under the account that each belongs to: its own columns say it, else the heading above.
-- Grain: one row per row of the report. ``label``: what stands in place of a date in one that is no data; ``amount`` Dr +.
with marked as (
    select *, case when not is_data then date end as label,
        not is_data and date is not null and coalesce(debit, credit, running_balance) is null
            and date not in ('Opening Balance', 'Closing Balance') as is_heading
    from xero_account_transactions
),
headed as (
    select *, last_value(case when is_heading then date end ignore nulls) over (
            partition by source_file order by source_row rows between unbounded preceding and current row) as heading
    from marked
)
select source_file, source_row, is_data, label, heading, source, reference, debit, credit, number(running_balance) as balance,
    coalesce(account_code, account, nullif(regexp_extract(heading, '^(\d{2,10}) - ', 1), ''),
        nullif(regexp_extract(heading, ' \((\d{2,10})\)$', 1), ''), heading) as account,
    coalesce(account, regexp_replace(heading, '^\d{2,10} - | \(\d{2,10}\)$', '')) as name,
    iso_date(date, file_dates) as effective_date, debit_less_credit(debit, credit) as amount
from headed

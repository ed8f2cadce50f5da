-- What the report states of an account beside its transactions: what it opened with, moved by and closed with.
-- Grain: one account of a file. ``period`` where the report is of one month; accounts of profit and loss open with nothing.
with stated as (
    select source_file, account, min(source_row) as source_row, any_value(file_preamble) as covered,
        coalesce(any_value(number(amount)) filter (where label = 'Opening Balance'), 0) as opening,
        coalesce(any_value(number(debit)) filter (where label = 'Total ' || heading), 0) as debit,
        coalesce(any_value(number(credit)) filter (where label = 'Total ' || heading), 0) as credit,
        bool_or(label = 'Total ' || heading) as has_total,
        any_value(number(amount)) filter (where label = 'Closing Balance') as closing
    from xero_account_sections
    where label is not null
    group by source_file, account
),
dated as (
    select *, iso_date(split_part(covered, ' to ', 1), null)[:7] as from_month,
        iso_date(split_part(covered, ' to ', 2), null)[:7] as to_month
    from stated
)
select source_file, source_row, account, case when from_month = to_month then from_month end as period, opening, debit, credit,
    has_total, coalesce(closing, opening + debit - credit) as closing
from dated
where has_total or closing is not null

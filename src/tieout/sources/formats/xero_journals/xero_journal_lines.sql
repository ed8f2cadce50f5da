-- The lines of Xero's journals, and the journal that each belongs to: by its number; without numbers the lines of a day, source
-- and reference that stand together are one.
-- Grain: one row per line. Number, day, source and reference may stand on the first line of a journal only.
with filled as (
    select *, last_value(case when date is not null then source_row end ignore nulls) over lines_until_here as first_row
    from xero_journals
    where is_data
    window lines_until_here as (
        partition by source_file order by source_row rows between unbounded preceding and current row)
),
headed as (
    select lines.* replace (
            iso_date(heads.date, heads.file_dates) as date,
            coalesce(lines.journal_number, heads.journal_number) as journal_number,
            coalesce(lines.source, heads.source) as source, coalesce(lines.reference, heads.reference) as reference)
    from filled as lines
    left join xero_journals as heads on lines.source_file = heads.source_file and lines.first_row = heads.source_row
),
keyed as (
    select *, concat_ws(' ', date, source, reference) as key from headed
),
started as (
    select *, key is distinct from lag(key) over (partition by source_file order by source_row) as starts from keyed
),
numbered as (
    select *, count(*) filter (where starts) over (partition by source_file, key order by source_row) as run from started
)
select source_file, source_row, coalesce(journal_number, key || case when run > 1 then ' #' || run else '' end) as journal_id,
    date as effective_date, reference, coalesce(account_code, account) as account, account as name, debit, credit,
    debit_less_credit(debit, credit) as amount
from numbered

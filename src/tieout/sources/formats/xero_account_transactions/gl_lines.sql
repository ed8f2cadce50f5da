-- The lines of the ledger. The report numbers no entries: lines of one day, source and reference are one; without a reference
-- those of one amount, if they balance, else the day's. What stands there twice, line for line, is two entries.
-- Grain: one row per transaction of an account; Dr +.
with lines as (
    select *, concat_ws(' ', effective_date, source) as kind from xero_account_sections where is_data
),
balanced as (
    select *, sum(number(amount)) over (partition by source_file, kind, reference, abs(number(amount))) = 0 as is_pair from lines
),
keyed as (
    select *, concat_ws(' ', kind, coalesce(reference, case when is_pair then abs(number(amount))::decimal(18, 2)::varchar end))
        as key
    from balanced
),
counted as (
    select *, row_number() over alike as turn, count(*) over (partition by source_file, key, account, amount) as copies
    from keyed
    window alike as (partition by source_file, key, account, amount order by source_row)
),
parted as (
    select *, min(copies) over entry = max(copies) over entry and turn > 1 as is_copy
    from counted
    window entry as (partition by source_file, key)
),
named as (
    select *, key || case when is_copy then ' #' || turn else '' end as journal_id from parted
)
select journal_id, row_number() over (partition by source_file, journal_id order by source_row)::varchar as line_no, account,
    amount, effective_date, reference as external_id, reference as document, source_file, source_row
from named

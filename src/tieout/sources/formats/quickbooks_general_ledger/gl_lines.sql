-- The lines of the ledger. The report numbers no entries: lines of one day, type and number are one; without a number those of
-- one amount, if they balance, else the day's. What stands there twice, line for line, is two entries. The number of a check
-- is the bank's and names no document of ours. Quantities come unsigned: theirs differ by type.
-- Grain: one row per transaction of an account; Dr +.
with lines as (
    select rows.*, accounts.account,
        coalesce(booked, case when number(amount) is null then amount when side is null then amount || ' (debit or credit?)'
            else (number(amount) * side)::varchar end) as debited,
        concat_ws(' ', effective_date, type) as kind
    from quickbooks_ledger_rows as rows
    left join quickbooks_ledger_accounts as accounts using (source_file, path)
    where is_data
),
balanced as (
    select *, sum(number(debited)) over (partition by source_file, kind, num, abs(number(debited))) = 0 as is_pair from lines
),
keyed as (
    select *, coalesce('id ' || transaction_id, concat_ws(' ', kind,
        coalesce(num, case when is_pair then abs(number(debited))::decimal(18, 2)::varchar end))) as key
    from balanced
),
counted as (
    select *, row_number() over alike as turn, count(*) over (partition by source_file, key, path, debited) as copies
    from keyed
    window alike as (partition by source_file, key, path, debited order by source_row)
),
parted as (
    select *, transaction_id is null and min(copies) over entry = max(copies) over entry and turn > 1 as is_copy
    from counted
    window entry as (partition by source_file, key)
),
named as (
    select *, key || case when is_copy then ' #' || turn else '' end as journal_id from parted
)
select journal_id, row_number() over (partition by source_file, journal_id order by source_row)::varchar as line_no, account,
    debited as amount, effective_date, case when type not ilike '%check%' then num end as external_id, num as document,
    sku, regexp_replace(plain_number(quantity), '^-', '') as quantity, location, created_at as posted_at,
    nullif(changed_at, created_at) as modified_at, source_file, source_row
from named

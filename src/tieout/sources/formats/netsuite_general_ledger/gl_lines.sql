-- The lines of the ledger. An entry belongs to its posting period: where its date lies outside, it counts on that period's
-- nearest day (a period with another name than "Mar 2025" leaves the date). Quantities come unsigned: theirs differ by type.
-- Grain: one row per posting line; Dr +.
with dated as (
    select *, iso_date(date, file_dates) as day, try_strptime(period, '%b %Y')::date as month_start
    from netsuite_general_ledger
    where is_data
),
numbered as (
    -- Apart from the rest: to sort whole rows takes longer than all else.
    select source_file, source_row, row_number() over (partition by source_file, internal_id order by source_row) as line_no
    from netsuite_general_ledger
    where is_data
)
select internal_id as journal_id, line_no::varchar as line_no,
    accounts.account, debit_less_credit(debit, credit) as amount,
    case when try_cast(day as date) < month_start then month_start::varchar
        when try_cast(day as date) > last_day(month_start) then last_day(month_start)::varchar else day end as effective_date,
    iso_time(date_created, file_zone, file_dates) as posted_at, iso_time(last_modified, file_zone, file_dates) as modified_at,
    item as sku, regexp_replace(plain_number(quantity), '^-', '') as quantity, location,
    document_number as external_id, document_number as document, lines.source_file, lines.source_row
from dated as lines
join numbered on lines.source_file = numbered.source_file and lines.source_row = numbered.source_row
left join netsuite_ledger_accounts as accounts on lines.source_file = accounts.source_file and lines.account = accounts.path

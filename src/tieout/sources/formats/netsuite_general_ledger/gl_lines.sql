-- The lines of the ledger. An entry belongs to its posting period: where its date lies outside, it counts on that period's
-- nearest day (a period with another name than "Mar 2025" leaves the date). Quantities come unsigned: theirs differ by type.
-- Grain: one row per posting line; Dr +.
with dated as (
    select *, iso_date(date, file_dates) as day, try_strptime(period, '%b %Y')::date as month_start
    from netsuite_general_ledger
    where is_data
),
entries as (
    select source_file, internal_id, min(source_row) as first_row, max(source_row) - min(source_row) + 1 = count(*) as is_together
    from netsuite_general_ledger
    where is_data
    group by source_file, internal_id
),
scattered as (
    -- To sort takes longer than all else, so only the rows are numbered that do not stand together.
    select source_file, source_row, row_number() over (partition by source_file, internal_id order by source_row) as line_no
    from netsuite_general_ledger
    semi join (from entries where not is_together) using (source_file, internal_id)
    where is_data
)
select lines.internal_id as journal_id, coalesce(scattered.line_no, lines.source_row - first_row + 1)::varchar as line_no,
    accounts.account, debit_less_credit(debit, credit) as amount,
    case when try_cast(day as date) < month_start then month_start::varchar
        when try_cast(day as date) > last_day(month_start) then last_day(month_start)::varchar else day end as effective_date,
    iso_time(date_created, file_zone, file_dates) as posted_at, iso_time(last_modified, file_zone, file_dates) as modified_at,
    item as sku, regexp_replace(plain_number(quantity), '^-', '') as quantity, location,
    document_number as external_id, document_number as document, lines.source_file, lines.source_row
from dated as lines
join entries on lines.source_file = entries.source_file and lines.internal_id = entries.internal_id
left join scattered on lines.source_file = scattered.source_file and lines.source_row = scattered.source_row
left join netsuite_ledger_accounts as accounts on lines.source_file = accounts.source_file and lines.account = accounts.path

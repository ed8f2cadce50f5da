-- What each line posts, with the day of its transaction and the item, quantity and place of its line. A transaction belongs to
-- its posting period: where its date lies outside, it counts on that period's nearest day.
-- Grain: one row per accounting line; Dr +.
with transactions as (
    select *, iso_date(trandate, file_dates) as day
    from netsuite_api_transactions
    where is_data
    qualify row_number() over (partition by id order by source_file, source_row) = 1
),
periods as (
    select id, any_value(iso_date(startdate, file_dates)) as starts, any_value(iso_date(enddate, file_dates)) as ends
    from netsuite_api_accounting_periods
    where is_data
    group by id
),
lines as (
    select transaction, id, any_value(item) as item, any_value(location) as location, any_value(quantity) as quantity
    from netsuite_api_transaction_lines
    where is_data
    group by transaction, id
),
accounts as (
    select id, any_value(coalesce(acctnumber, fullname)) as account from netsuite_api_accounts where is_data group by id
),
items as (
    select id, any_value(coalesce(sku, fullname)) as sku from netsuite_api_items where is_data group by id
),
locations as (
    select id, any_value(name) as name from netsuite_api_locations where is_data group by id
)
select posted.transaction as journal_id, transactionline as line_no, coalesce(accounts.account, posted.account) as account,
    coalesce(plain_number(amount), debit_less_credit(debit, credit)) as amount,
    greatest(least(day, coalesce(periods.ends, day)), coalesce(periods.starts, day)) as effective_date,
    iso_time(createddate, transactions.file_zone, transactions.file_dates) as posted_at,
    iso_time(lastmodifieddate, transactions.file_zone, transactions.file_dates) as modified_at, items.sku,
    regexp_replace(plain_number(coalesce(posted.quantity, lines.quantity)), '^-', '') as quantity,
    coalesce(locations.name, posted.location, lines.location) as location,
    coalesce(tranid, transactionnumber) as external_id, coalesce(tranid, transactionnumber) as document, type as source,
    (type = 'Journal')::varchar as is_manual, reversal as reverses_journal_id, posted.source_file, posted.source_row
from netsuite_api_accounting_lines as posted
left join transactions on posted.transaction = transactions.id
left join periods on transactions.postingperiod = periods.id
left join lines on posted.transaction = lines.transaction and posted.transactionline = lines.id
left join accounts on posted.account = accounts.id
left join items on coalesce(posted.item, lines.item) = items.id
left join locations on coalesce(posted.location, lines.location) = locations.id
where posted.is_data

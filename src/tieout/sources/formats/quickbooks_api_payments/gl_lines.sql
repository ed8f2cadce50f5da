-- What came in from customers, went out to vendors and from one account to another; only payments of bills have a way of payment,
-- and only those of customers an amount that is applied to no invoice.
-- Grain: two rows per payment, one for each side; Dr +.
with accounts as (
    select id, any_value(fully_qualified_name) as name, any_value(account_type) as type, any_value(account_sub_type) as sub_type
    from quickbooks_api_accounts
    where is_data
    group by id
),
told as (
    select *, case when pay_type is not null then 'bill payment' when unapplied_amount is not null then 'payment'
        else 'transfer' end as kind
    from quickbooks_api_payments
    where is_data
),
sides as (
    select *, 'debit' as line_no, number(amount) as signed, case kind
        when 'payment' then coalesce(debited, (select min(id) from accounts where sub_type = 'UndepositedFunds'),
            'Undeposited Funds')
        when 'bill payment' then coalesce(debited, (select min(id) from accounts where type = 'Accounts Payable'),
            'Accounts Payable')
        else debited end as account_id
    from told
    union all by name
    select *, 'credit' as line_no, -number(amount) as signed, case kind
        when 'payment' then coalesce(credited, (select min(id) from accounts where type = 'Accounts Receivable'),
            'Accounts Receivable')
        else coalesce(credited, credit_card_account_id) end as account_id
    from told
)
select kind || ' ' || sides.id as journal_id, line_no, coalesce(accounts.name, account_id) as account,
    coalesce(case when coalesce(number(exchange_rate), 1) = 1 then signed
        else money(times(signed, number(exchange_rate))) end::varchar, amount) as amount,
    currency_id as currency, signed::varchar as transaction_amount, iso_date(transaction_date, file_dates) as effective_date,
    iso_time(created_at, file_zone, file_dates) as posted_at, iso_time(updated_at, file_zone, file_dates) as modified_at,
    case when lower(_fivetran_deleted) = 'true' then iso_time(updated_at, file_zone, file_dates) end as deleted_at,
    kind as source, 'false' as is_manual, source_file, source_row
from sides
left join accounts on account_id = accounts.id

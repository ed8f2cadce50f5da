-- The balances of each month, as the running balances state them: after its last transaction, and before its first.
-- Grain: one row per account and month that it moved in, or that the report begins with; Dr +. Running balances of some accounts
-- may be positive on the credit side: they are turned if that is how they follow from debits and credits, else left out.
with transactions as (
    select source_file, account, effective_date[:7] as period, source_row, number(amount) as amount, balance
    from xero_account_sections
    where is_data and balance is not null
),
turned as (
    select transactions.source_file, transactions.account, coalesce(any_value(opening), 0) as opening,
        case arg_max(balance, transactions.source_row)
            when coalesce(any_value(opening), 0) + sum(amount) then 1
            when -coalesce(any_value(opening), 0) - sum(amount) then -1 end as side
    from transactions
    left join xero_account_totals using (source_file, account)
    group by transactions.source_file, transactions.account
),
months as (
    select source_file, account, period, max(source_row) as source_row, arg_max(balance, source_row) * any_value(side) as closing,
        any_value(opening) as first_opening
    from transactions
    join turned using (source_file, account)
    where side is not null
    group by source_file, account, period
),
balances as (
    select period, account, coalesce(lag(closing) over account_months, first_opening) as opening, closing, source_file, source_row
    from months
    window account_months as (partition by source_file, account order by source_row)
    union all
    select first_period, account, opening, opening, totals.source_file, totals.source_row
    from xero_account_totals as totals
    join (select source_file, min(period) as first_period from transactions group by source_file) using (source_file)
    anti join months
        on totals.source_file = months.source_file and totals.account = months.account and first_period = months.period
    where opening <> 0
)
select period, account, opening::varchar as opening, closing::varchar as closing, source_file, source_row from balances

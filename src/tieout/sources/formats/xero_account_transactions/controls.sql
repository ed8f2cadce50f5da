-- Is what an account moved by the sum of its transactions, does it lead from the opening to the closing balance, and do debits
-- equal credits?
-- Grain: one row per control and account, or file.
with moved as (
    select source_file, account, sum(number(amount)) as found from xero_account_sections where is_data group by all
),
stated as (
    select totals.*, coalesce(moved.found, 0) as found
    from xero_account_totals as totals
    left join moved using (source_file, account)
)
select source_file, 'account total' as control, account as id, movement as expected, found
from stated
where movement is not null
union all
select source_file, 'closing balance', account, closing, opening + found from stated where closing is not null
union all
select source_file, 'debits and credits', source_file, sum(coalesce(number(debit), 0)), sum(coalesce(number(credit), 0))
from xero_account_sections
where is_data
group by source_file

-- The accounts that the search names: a parent and its account with " : " between, a number before the name.
-- Grain: one account of a file, as written (``path``). ``account``: its number, unless two have it; else the path.
with written as (
    select source_file, account as path, min(source_row) as source_row,
        coalesce(any_value(account_number), account_number(account)) as number
    from netsuite_general_ledger
    where is_data and account is not null
    group by source_file, account
)
select source_file, path, source_row,
    case when number is not null and count(*) over (partition by source_file, number) = 1 then number else path end as account,
    account_title(path) as name
from written

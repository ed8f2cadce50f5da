-- The accounts that the ledger posts to, by their full names, as the reports of QuickBooks name them.
-- Grain: one account of a file. The package gives a sub-account its own name and that of the account above it.
with accounts as (
    select id, any_value(fully_qualified_name) as name from quickbooks_api_accounts where is_data group by id
)
select ledger.source_file, min(source_row) as source_row, account_id,
    coalesce(any_value(accounts.name),
        any_value(case when lower(is_sub_account) = 'true' then concat_ws(':', parent_account_name, account_name)
            else account_name end), account_id) as account
from quickbooks_dbt_general_ledger as ledger
left join accounts on account_id = accounts.id
where ledger.is_data
group by ledger.source_file, account_id

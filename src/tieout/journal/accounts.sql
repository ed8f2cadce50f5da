-- The role of every ledger account: what the chart of accounts says, else the configuration, else out of scope.
-- Grain: one row per account.
with named as (
    select account, any_value(name) as name, any_value(role) as role from gl_accounts group by account
),
used as (
    select account from gl_lines union select account from named union select account from account_roles
)
select used.account, named.name, coalesce(named.role, account_roles.role, 'other') as role,
    named.role is null and account_roles.role is null as is_unknown
from used
left join named using (account)
left join account_roles using (account)

-- Grain: one account.
select account, name, role from accounts order by account

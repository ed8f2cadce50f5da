-- Grain: one account.
select *
from accounts
order by account

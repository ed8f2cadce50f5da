-- Accounts of the ledger without a role, and the role that their name suggests, for the user to confirm.
-- Grain: one account; ``role`` is empty where the name suggests none. The first pattern that fits wins.
with accounts as (
    select account, any_value(name) as name
    from (
        select account, name, role from gl_accounts
        union all
        select distinct account, null, null from gl_lines where account not in (select account from gl_accounts)
    )
    where role is null
    group by account
),
patterns as (
    select row_number() over () as rank, * from (values
        ('in.?transit', 'in_transit'), ('inventory (adjust|shrink)|shrink', 'shrinkage'), ('write.?off|obsolet|spoil', 'write_off'),
        ('purchase price var|ppv', 'purchase_price_variance'), ('cost of (goods|sales)|\bcogs\b', 'cogs'),
        ('goods received|\bgrni\b|received not (billed|invoiced)', 'grni'), ('landed', 'landed_cost_clearing'),
        ('inventory|\bstock\b', 'inventory'), ('shipping income|shipping (charged|revenue)|delivery income', 'shipping_income'),
        ('discount', 'discounts'), ('refund liab', 'refund_liability'), ('return|refund', 'returns'), ('reimburs|recover', 'recoveries'),
        ('advertis|marketing|promotion', 'marketing'), ('gift card|deferred|deposits? (from|of) customers', 'deferred_revenue'),
        ('(merchant|seller|amazon|fba|selling|payment|transaction|stripe|paypal|shopify).*fee|commission', 'fees'),
        ('clearing|undeposited|receivable|payments? pending', 'clearing'), ('payable', 'payables'), ('prepaid|prepayment', 'prepaid'),
        ('freight|shipping|postage|carriage', 'freight'), ('\b(tax|vat|gst)\b', 'tax'), ('exchange', 'exchange_difference'),
        ('bank|cash|checking|current account', 'cash'), ('other income|interest', 'other_income'), ('sales|revenue|\bincome\b', 'revenue')
    ) as known (pattern, role)
)
select account, name, arg_min(role, rank) as role
from accounts
left join patterns on regexp_matches(lower(coalesce(name, account)), pattern)
group by account, name
order by account

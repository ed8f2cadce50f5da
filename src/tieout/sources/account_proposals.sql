-- Accounts of the ledger without a role, and the role that their name suggests, for the user to confirm.
-- Grain: one account; ``role`` is empty where the name suggests none. The first pattern that fits wins. What a channel keeps of
-- its payouts is a fee, also where it is for advertising or freight.
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
    select * from (values
        (0, 'bank (fee|charge|reval)|interest (expense|paid|payable)|income tax|wages|payroll|superannuation', 'other'),
        (1, 'in.?transit', 'in_transit'),
        (2, 'inventory (adjust|shrink)|shrink', 'shrinkage'),
        (3, 'write.?off|obsolet|spoil', 'write_off'),
        (4, 'purchase price var|ppv', 'purchase_price_variance'),
        (5, 'cost of (goods|sales)|\bcogs\b|wareneinsatz', 'cogs'),
        (6, 'goods received|\bgrni\b|received not (billed|invoiced)', 'grni'),
        (7, 'landed|(freight|duty|duties).*clearing', 'landed_cost_clearing'),
        (8, 'inventory|\bstock\b|warenbestand|vorräte', 'inventory'),
        (9, 'shipping (income|charged|revenue)|delivery income', 'shipping_income'),
        (10, 'discount|erlösschmälerung|gewährte (skonti|boni|rabatte)', 'discounts'),
        (11, 'refund liab|refunds (to come|payable)', 'refund_liability'),
        (12, 'return|refund', 'returns'),
        (13, 'reimburs|recover', 'recoveries'),
        (14, '(amazon|fba|ebay|etsy|walmart|tiktok|marketplace).*(advertis|freight|storage|fulfil)', 'fees'),
        (15, 'advertis|marketing|promotion', 'marketing'),
        (16, 'gift card|deferred|deposits? (from|of) customers', 'deferred_revenue'),
        (17, '(merchant|seller|selling|amazon|fba|payment|transaction|stripe|paypal|shopify|channel|marketplace).*fee', 'fees'),
        (18, 'commission', 'fees'),
        (19, 'clearing|undeposited|receivable|payments? pending|debitoren|forderungen aus|geldtransit', 'clearing'),
        (20, 'sales tax|\b(vat|gst)\b|umsatzsteuer|vorsteuer', 'tax'),
        (21, 'payable|kreditoren|verbindlichkeiten aus', 'payables'),
        (22, 'prepaid|prepayment', 'prepaid'),
        (23, 'freight|shipping|postage|carriage', 'freight'),
        (24, '\b(tax|vat|gst)\b', 'tax'),
        (25, 'exchange', 'exchange_difference'),
        (26, 'bank|cash|checking|current account|\bkasse\b', 'cash'),
        (27, 'other income|interest', 'other_income'),
        (28, 'sales|revenue|\bincome\b|erlöse', 'revenue')
    ) as known (rank, pattern, role)
)
select account, name, arg_min(role, rank) as role
from accounts
left join patterns on regexp_matches(lower(coalesce(name, account)), pattern)
group by account, name
order by account

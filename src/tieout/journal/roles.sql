-- The roles, and where each one is booked: a role that no account of the company has falls into its parent.
-- Grain: one row per role. ``half``: the money side or the goods side of an event. ``is_profit``: part of the profit.
with roles (role, parent, half, is_profit) as (
    values
        ('inventory', null, 'goods', false),
        ('in_transit', 'inventory', 'goods', false),
        ('cogs', null, 'goods', true),
        ('revenue', null, 'money', true),
        ('discounts', 'revenue', 'money', true),
        ('returns', 'revenue', 'money', true),
        ('shipping_income', 'revenue', 'money', true),
        ('fees', null, 'money', true),
        ('clearing', null, 'money', false),
        ('cash', null, 'money', false),
        ('grni', 'payables', 'goods', false),
        ('payables', null, 'goods', false),
        ('prepaid', null, 'money', false),
        ('landed_cost_clearing', 'payables', 'goods', false),
        ('freight', 'cogs', 'goods', true),
        ('shrinkage', 'cogs', 'goods', true),
        ('write_off', 'cogs', 'goods', true),
        ('purchase_price_variance', 'cogs', 'goods', true),
        ('inventory_revaluation', 'cogs', 'goods', true),
        ('exchange_difference', null, 'goods', true),
        ('labour_absorbed', 'cogs', 'goods', true),
        ('tax', null, 'money', false),
        ('marketing', null, 'money', true),
        ('deferred_revenue', null, 'money', false),
        ('refund_liability', null, 'money', false),
        ('return_asset', null, 'goods', false),
        ('recoveries', null, 'money', true),
        ('other_income', null, 'money', true),
        ('other', null, 'goods', false)
),
present as (
    select distinct role from accounts
),
booked as (
    select
        roles.role, roles.half, roles.is_profit,
        case when roles.role in (from present) then roles.role else coalesce(roles.parent, roles.role) end as booked_role,
        roles.role not in (from present) and roles.parent is null and roles.role <> 'other' as has_no_account
    from roles
)
select booked.role, booked.booked_role, booked.half, booked.is_profit, booked.has_no_account
from booked

-- How each sku is costed, from when to when: the company's method, an override of its category, or one of its own.
-- Grain: one row per sku and span between two dates of overrides. ``method`` is that of the book. ``prospective`` and
-- ``retrospective``: what it would be if every change counted from its date on, or from the beginning.
-- An override of the sku beats one of its category, a later one an earlier one, a lower one in the file a higher one.
with skus as (
    select sku from items union select sku from stock_events union select sku from sku_aliases
),
rules as (
    select skus.sku, false as is_own, 0 as number, timestamptz '0001-01-01 00:00:00+00' as starts_at, false as is_retrospective,
        cost_method as method
    from skus
    cross join settings
    union all
    select skus.sku, overrides.sku is not null, overrides.number,
        coalesce(overrides.starts_at, '0001-01-01 00:00:00+00'), overrides.change = 'retrospective', overrides.cost_method
    from skus
    left join items using (sku)
    join policy_overrides as overrides on skus.sku = overrides.sku or items.category = overrides.category
    where overrides.cost_method is not null
),
changes as (
    select points.sku, points.starts_at,
        arg_max(rules.method, (rules.is_own, rules.starts_at, rules.number))
            filter (where is_retrospective or rules.starts_at <= points.starts_at) as method,
        arg_max(rules.method, (rules.is_own, rules.starts_at, rules.number))
            filter (where rules.starts_at <= points.starts_at) as prospective,
        arg_max(rules.method, (rules.is_own, rules.starts_at, rules.number)) as retrospective
    from (select distinct sku, starts_at from rules) as points
    join rules using (sku)
    group by all
)
select sku, method, prospective, retrospective, starts_at as valid_from,
    lead(starts_at, 1, timestamptz '2200-01-01 00:00:00+00') over (partition by sku order by starts_at) as valid_until
from changes

-- The kernel's input where methods change, with each change as both of its readings have it.
-- Grain: one row per leg of a pool where there are any; columns and units as in costing/kernel_input.sql, and the value as if the
-- change counted from its date on (``prospective``) and as if it had been made at the beginning (``retrospective``).
with methods as (
    select revisions.after, cost_methods.prospective, cost_methods.retrospective
    from revisions
    join cost_methods on revisions.sku = cost_methods.sku and revisions.replayed_at = cost_methods.valid_from
    where revisions.operation = 'switch'
)
select kernel_input.*,
    coalesce(method_code(methods.prospective), value) as prospective,
    coalesce(method_code(methods.retrospective), value) as retrospective
from kernel_input
left join methods using (after)
where pool in (select pool from cells where sku in (select sku from cost_methods group by sku having count(*) > 1))

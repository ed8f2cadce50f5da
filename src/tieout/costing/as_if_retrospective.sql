-- The kernel's input as if every change of method had been made at the beginning; its cells start by ``cells.retrospective``.
-- Grain: one row per leg of a pool where there are any; columns and units as in costing/kernel_input.sql.
with methods as (
    select revisions.after, cost_methods.retrospective as method
    from revisions
    join cost_methods on revisions.sku = cost_methods.sku and revisions.replayed_at = cost_methods.valid_from
    where revisions.operation = 'switch'
)
select kernel_input.* replace (coalesce(method_code(methods.method), value) as value)
from kernel_input
left join methods using (after)
where pool in (select pool from cells where sku in (select sku from cost_methods group by sku having count(*) > 1))

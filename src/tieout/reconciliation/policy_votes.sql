-- A declared policy that a recording system does not follow: of the sales that tell its rule from another, at least 95 % of at
-- least five are booked by the other.
-- Grain: one row per policy, system and rule that it follows. ``cause``: what the differences are called. Functional currency:
-- ``declared_amount`` and ``booked_amount`` of those sales, cost of sales, or revenue of the last complete period.
with costs as (
    select if(hypothesis in ('company_pool', 'company_average'), 'cost_scope', 'cost_method') as policy,
        if(hypothesis in ('company_pool', 'company_average'), 'location_cost_pool', 'wrong_method') as cause,
        if(hypothesis in ('company_pool', 'company_average'), cost_scope, cost_method) as declared,
        if(hypothesis in ('company_pool', 'company_average'), 'company', hypothesis) as followed, source, hypothesis,
        is_borne_out, booked_amount, right_costs.amount as declared_amount
    from told_apart
    cross join settings
    left join (
        select event_id, sku, abs(sum(amount)) as amount from expected where role = 'cogs' group by all
    ) as right_costs using (event_id, sku)
    where hypothesis in ('fifo', 'average', 'lifo', 'standard', 'company_pool', 'company_average')
),
booked_revenue as (
    select sides.unit_id as event_id, coalesce(recorded.source, '') as source, min(sides.date) as booked_on,
        -sum(sides.amount) as amount
    from sides
    join (select distinct journal_id, source from recorded) as recorded using (journal_id)
    where side = 'recorded' and unit_kind = 'event' and role = 'revenue'
    group by all
),
right_revenue as (
    select event_id, min(date) as due_on, -sum(amount) as amount from expected where role = 'revenue' group by all
),
points as (
    select rows.event_id, unnest([
        {'point': 'shipment', 'date': rows.date},
        {'point': 'delivery', 'date': local_date(rows.delivered_at)},
        {'point': 'order', 'date': local_date(orders.ordered_at)}
    ]) as rule
    from stock_rows as rows
    left join order_lines as orders on rows.order_id = orders.order_id and rows.line_no = orders.line_no
    where rows.type = 'shipment'
),
last_complete as (
    select arg_max(period, number) as period from periods where is_complete
),
revenue as (
    select 'revenue_point' as policy, if(rule.point = 'order', 'revenue_at_order', 'revenue_lag') as cause,
        settings.revenue_point as declared, rule.point as followed, source, rule.point as hypothesis,
        booked_on = rule.date as is_borne_out,
        if(booked_days.period = last_complete.period, booked.amount, 0) as booked_amount,
        if(due_days.period = last_complete.period, due.amount, 0) as declared_amount
    from booked_revenue as booked
    join right_revenue as due using (event_id)
    join points using (event_id)
    cross join settings
    cross join last_complete
    join days as booked_days on booked.booked_on = booked_days.date
    join days as due_days on due.due_on = due_days.date
    where rule.date <> due.due_on and not exists (from policy_overrides where policy_overrides.revenue_point is not null)
)
select policy, cause, source, declared, followed, count(*) as sales, count(*) filter (where is_borne_out) as borne_out,
    money(sum(declared_amount)) as declared_amount, money(sum(booked_amount)) as booked_amount
from (from costs union all by name from revenue)
where declared <> followed
group by policy, cause, source, declared, followed, hypothesis
having count(*) >= 5 and 100 * count(*) filter (where is_borne_out) >= 95 * count(*)

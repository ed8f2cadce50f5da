-- The corrections as finance, operations and sales each see them: three groupings of the same lines.
-- Grain: one row per view, period and group; finance groups by role, account and timing, operations by root, system and location,
-- sales by channel and category; the columns of the other views are empty. Functional currency, Dr + / Cr −, expected − recorded.
-- ``gross``: Σ |amount|, ``net``: Σ amount; both add up to those of all corrections in every view. ``revenue``, ``gross_profit``:
-- what the corrections add to them. ``oldest_days``: age of the oldest event. ``rank`` within view and period: finance by
-- gross money, operations by the number of events, sales by the effect on gross profit.
with lines as (
    select
        period, role, corrections.account, timing, corrections.root, origin_system, location, channel, items.category,
        corrections.event_id, amount,
        date_diff('day', coalesce(local_date(event_keys.occurred_at), corrections.date), local_date(as_of.moment)) as age_days
    from corrections
    cross join as_of
    left join items using (sku)
    left join event_keys on corrections.event_id = event_keys.event_id
),
views as (
    select
        case when grouping(role) = 0 then 'finance' when grouping(root) = 0 then 'operations' else 'sales' end as view,
        period, role, account, timing, root, origin_system, location, channel, category,
        count(distinct event_id) as events, max(age_days) as oldest_days, sum(abs(amount)) as gross, sum(amount) as net,
        -coalesce(sum(amount) filter (where role = 'revenue'), 0) as revenue,
        -coalesce(sum(amount) filter (where is_gross_profit(role)), 0) as gross_profit
    from lines
    group by grouping sets (
        (period, role, account, timing), (period, root, origin_system, location), (period, channel, category)
    )
)
select
    view, period,
    row_number() over (
        partition by view, period
        order by case view when 'finance' then gross when 'operations' then events else abs(gross_profit) end desc,
            role, account, timing, root, origin_system, location, channel, category
    ) as rank,
    role, account, timing, root, origin_system, location, channel, category, events, oldest_days,
    money(gross) as gross, money(net) as net, money(revenue) as revenue, money(gross_profit) as gross_profit
from views
join periods using (period)
order by view, periods.number, rank

-- How each arm does: orders, stock, service and how nervous it is, by pattern of demand and in all.
-- Grain: one row per arm (see purchasing_weeks) and class of demand, and one in total (``is_total``). Units and functional
-- currency over all simulated weeks; ``average_stock`` at cost. ``fill_rate`` = 1 − short ÷ asked. ``order_change_rate``:
-- reviews whose order is not CC's ÷ reviews; ``order_units_changed``: Σ |order − CC's| ÷ Σ CC's. ``bullwhip`` = Σ variance of
-- orders ÷ Σ variance of demand, over items whose demand varies (without ``steady_items``). ``nervousness`` = Σ |plan − plan of
-- the week before| ÷ Σ orders (Sridharan, Berry and Udayabhanu). A ratio without a denominator is NULL. Money as in
-- purchasing_items.
with compared as (
    select weeks.*, correct.orders as order_corrected, (dense_rank() over (order by week) - 1) % review_weeks = 0 as is_review
    from purchasing_weeks as weeks
    join (select sku, week, orders from purchasing_weeks where arm = 'CC') as correct using (sku, week)
    cross join settings
),
by_item as (
    select arm, sku, count(*) as weeks, count(*) filter (is_review) as reviews, sum(orders) as orders,
        count(*) filter (orders > 0) as order_lines, count(*) filter (orders <> order_corrected) as lines_changed,
        sum(abs(orders - order_corrected)) as units_changed, sum(order_corrected) as order_corrected,
        sum(plan_change) as plan_change, sum(asked) as asked, sum(short) as short, count(*) filter (short > 0) as weeks_short,
        -- Week after week, and items in their order below: the same to the last bit on any number of threads.
        list_var_pop(list(orders::double order by week)) as order_variance,
        list_var_pop(list(asked::double order by week)) as demand_variance
    from compared
    group by all
),
valued as (
    select by_item.*, class, money(times(orders, unit_cost)) as order_amount,
        share_of_money(money(times(stock, unit_cost)), 1, by_item.weeks) as average_stock,
        lost, expedites, overstock_amount, understock_amount, orders_changed_amount, lost_margin, carrying_cost, terminal_cost,
        expedite_cost, change_cost, cost, coalesce(unit_margin, 0) <= 0 as has_no_margin
    from by_item
    join purchasing_items using (arm, sku)
    join forecast_items using (sku)
)
select arm, class, grouping(class) = 1 as is_total, count(*) as items, max(weeks) as weeks, sum(orders)::decimal(18, 4) as orders,
    money(sum(order_amount)) as order_amount, sum(order_lines)::bigint as order_lines, money(sum(average_stock)) as average_stock,
    sum(asked)::decimal(18, 4) as asked, sum(short)::decimal(18, 4) as short, sum(lost)::decimal(18, 4) as lost,
    1 - (sum(short) / nullif(sum(asked), 0)) as fill_rate, 1 - (sum(weeks_short) / sum(weeks)) as weeks_without_shortage,
    sum(expedites)::bigint as expedites, sum(lines_changed)::bigint as lines_changed,
    sum(lines_changed) / sum(reviews) as order_change_rate,
    sum(units_changed) / nullif(sum(order_corrected), 0) as order_units_changed,
    sum(order_variance order by sku) filter (demand_variance > 0) / nullif(sum(demand_variance order by sku), 0) as bullwhip,
    count(*) filter (demand_variance = 0) as steady_items, sum(plan_change) / nullif(sum(orders), 0) as nervousness,
    money(sum(overstock_amount)) as overstock_amount, money(sum(understock_amount)) as understock_amount,
    money(sum(orders_changed_amount)) as orders_changed_amount, money(sum(lost_margin)) as lost_margin,
    money(sum(carrying_cost)) as carrying_cost, money(sum(terminal_cost)) as terminal_cost,
    money(sum(expedite_cost)) as expedite_cost, money(sum(change_cost)) as change_cost, money(sum(cost)) as cost,
    count(*) filter (has_no_margin) as items_without_margin
from valued
group by grouping sets ((arm, class), (arm))
order by array_position(['RR', 'RC', 'CR', 'CC', 'O'], arm), is_total desc,
    array_position(['smooth', 'erratic', 'intermittent', 'lumpy'], class)

-- What each arm's purchases come to over the simulated weeks, per item.
-- Grain: one row per arm and sku. Functional currency, each rounded by itself, and their sum ``cost``; beside them units (of
-- stock: unit weeks) and numbers. Beside CC: ``overstock_amount`` and ``understock_amount`` (average cost of what there is more
-- and less), ``orders_changed_amount`` (at cost, either way), ``lines_changed`` and ``change_cost`` (not of the oracle, whose
-- orders no error changed). By itself: ``lost_margin`` (lost units × margin, never below zero: an item sold at a loss loses none
-- by not being sold, nor does one without a price), ``carrying_cost`` (inventory.carrying_percent a year), ``terminal_cost``
-- (purchasing.markdown_percent of what is left beyond inventory.cover_days), ``expedite_cost`` (weeks short while goods were on
-- order).
with items as (
    select row_number() over (order by sku) - 1 as item, sku, unit_cost, greatest(coalesce(unit_margin, 0), 0) as margin
    from forecast_items
    where status = 'forecast'
),
units as (
    select arm, sku, unit_cost, margin, outcomes.weeks::integer as weeks, expedites::integer as expedites,
        lines_changed::integer as lines_changed,
        (columns(['overstock', 'understock', 'orders_changed', 'lost', 'stock', 'left_over'])::decimal(18, 0)
            * 0.0001)::decimal(18, 4)
    from outcomes
    join items using (item)
),
amounts as (
    select units.*,
        share_of_money(money(times(overstock, unit_cost)), 1, weeks) as overstock_amount,
        share_of_money(money(times(understock, unit_cost)), 1, weeks) as understock_amount,
        money(times(orders_changed, unit_cost)) as orders_changed_amount,
        money(times(lost, margin)) as lost_margin,
        share_of_money(money(times(stock, unit_cost)), (carrying_percent * 7)::decimal(18, 4), 36500) as carrying_cost,
        share_of_money(money(times(left_over, unit_cost)), markdown_percent, 100) as terminal_cost,
        money(expedites * settings.expedite_cost) as expedite_cost,
        if(arm = 'O', 0, money(lines_changed * order_change_cost)) as change_cost
    from units
    cross join settings
)
select arm, sku, weeks, lost, stock, left_over, expedites, lines_changed, overstock_amount, understock_amount,
    orders_changed_amount, lost_margin, carrying_cost, terminal_cost, expedite_cost, change_cost,
    money(lost_margin + carrying_cost + terminal_cost + expedite_cost + change_cost) as cost
from amounts
order by array_position(['RR', 'RC', 'CR', 'CC', 'O'], arm), sku

-- What would have been ordered on the records as they were, and on right ones.
-- Grain: one row per sku and period in which simulated weeks end. Units and functional currency; recorded is the arm RR,
-- corrected CC (see purchasing_weeks). ``overstock_amount``, ``understock_amount``: average cost of what RR has more and less,
-- over the period's ``weeks``; averages of different items add up, those of periods do not. ``lost_margin``, ``carrying_cost``:
-- RR − CC, rounded cumulatively, so that periods add up to purchasing_cost. ``order_lines``: of CC; ``order_lines_changed``:
-- reviews with another order.
with paired as (
    select wrong.sku, periods.period, periods.number, wrong.orders as order_recorded, correct.orders as order_corrected,
        wrong.on_hand as stock_recorded, correct.on_hand as stock_corrected, wrong.lost as lost_recorded,
        correct.lost as lost_corrected
    from purchasing_weeks as wrong
    join purchasing_weeks as correct using (sku, week)
    join weeks on wrong.week = weeks.number
    join periods on weeks.ends_on between periods.start_date and periods.end_date
    where wrong.arm = 'RR' and correct.arm = 'CC'
),
sums as (
    select sku, period, number, count(*) as weeks, sum(order_recorded) as order_recorded, sum(order_corrected) as order_corrected,
        sum(greatest(stock_recorded - stock_corrected, 0)) as overstock,
        sum(greatest(stock_corrected - stock_recorded, 0)) as understock,
        sum(stock_recorded) as stock_recorded, sum(stock_corrected) as stock_corrected,
        sum(lost_recorded) as lost_recorded, sum(lost_corrected) as lost_corrected,
        count(*) filter (order_corrected > 0) as order_lines,
        count(*) filter (order_recorded <> order_corrected) as order_lines_changed
    from paired
    group by all
),
valued as (
    select sums.*, unit_cost, greatest(coalesce(unit_margin, 0), 0) as margin, (carrying_percent * 7)::decimal(18, 4) as carrying
    from sums
    join forecast_items using (sku)
    cross join settings
),
running as (
    select *,
        money(times(sum(lost_recorded) over so_far, margin))
            - money(times(sum(lost_corrected) over so_far, margin)) as lost_margin,
        share_of_money(money(times(sum(stock_recorded) over so_far, unit_cost)), carrying, 36500)
            - share_of_money(money(times(sum(stock_corrected) over so_far, unit_cost)), carrying, 36500) as carrying_cost
    from valued
    window so_far as (partition by sku order by number)
)
select sku, period, order_recorded::decimal(18, 4) as order_recorded, order_corrected::decimal(18, 4) as order_corrected,
    share_of_money(money(times(overstock, unit_cost)), 1, weeks) as overstock_amount,
    money(lost_margin - coalesce(lag(lost_margin) over in_order, 0)) as lost_margin,
    share_of_money(money(times(understock, unit_cost)), 1, weeks) as understock_amount,
    money(carrying_cost - coalesce(lag(carrying_cost) over in_order, 0)) as carrying_cost,
    order_lines, order_lines_changed, weeks
from running
window in_order as (partition by sku order by number)
order by number, sku

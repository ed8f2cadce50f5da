-- What is known of each item for forecasting: how its demand comes, whether it is forecast, by which model, and if not, why.
-- Grain: one row per stocked item, and per sku that was in demand; a virtual kit is its components. From the corrected history.
-- ``adi``: weeks per week with demand; ``cv2``: squared variation of the sizes of demand (without zeros); ``class`` by
-- Syntetos, Boylan and Croston (1.32 and 0.49), ``none`` under two weeks with demand; ``abc``: of stock_classes, corrected.
-- ``status``: forecast; no_demand; dead (none in 26 weeks); new (under 8 weeks of history); short (too few to hold a forecast
-- against what came, or one with demand); beyond_limit (forecast.items, ranked by ``weekly_value``: demand at cost, functional
-- currency). ``unit_cost``: of what was sold; ``unit_margin``: revenue − discounts − costs − fees per unit of the sales under
-- its own name, else list price − cost.
with history as (
    select sku, min(week) as first_week, count(*) as weeks, count(*) filter (where units > 0) as weeks_with_demand,
        max(week) filter (where units > lost) as last_week, sum(units) as units,
        -- From exact sums: the same in whatever order the rows come.
        greatest(
            weeks_with_demand * sum(units::decimal(38, 4) * units)::double / nullif(sum(units)::double ** 2, 0) - 1, 0) as cv2
    from demand_history
    where book = 'corrected'
    group by sku
),
sales as (
    select event_id, sku, sum(quantity) as quantity, sum(amount) as cost
    from expected
    where role = 'cogs' and event_type = 'shipment' and quantity is not null
    group by all
),
proceeds as (
    select event_id, sku, -sum(amount) as amount from expected where role in ('revenue', 'discounts') group by all
),
costs as (
    select sku, sum(quantity) as quantity, sum(cost) as cost,
        sum(sales.quantity) filter (where proceeds.amount is not null) as own_quantity, sum(proceeds.amount) as own_proceeds
    from sales
    left join proceeds using (event_id, sku)
    group by sku
),
charges as (
    select sku, sum(amount) as fees from expected where role = 'fees' and sku is not null group by sku
),
costed as (
    -- Money per unit, in millionths of the currency, rounded half away from zero.
    select sku,
        try(half_up((cost::decimal(38, 6) * 1000000)::hugeint * 10000, ten_thousandths(nullif(quantity, 0)))) as unit_cost,
        try(half_up((own_proceeds::decimal(38, 6) * 1000000)::hugeint * 10000, ten_thousandths(nullif(own_quantity, 0))))
            - try(half_up((coalesce(fees, 0)::decimal(38, 6) * 1000000)::hugeint * 10000,
                ten_thousandths(nullif(quantity, 0)))) as unit_proceeds
    from costs
    left join charges using (sku)
),
names as (
    select sku from items where coalesce(is_stocked, true) and coalesce(kit_type, 'none') <> 'virtual'
    union
    select sku from history
),
facts as (
    select names.sku, items.name, history.first_week, coalesce(history.weeks, 0) as weeks,
        coalesce(history.weeks_with_demand, 0) as weeks_with_demand, history.last_week, history.cv2,
        history.weeks / nullif(history.weeks_with_demand, 0) as adi,
        coalesce((unit_cost::decimal(38, 0) * 0.000001)::decimal(18, 6), items.standard_cost, 0)::decimal(18, 6) as unit_cost,
        coalesce((unit_proceeds::decimal(38, 0) * 0.000001)::decimal(18, 6), items.list_price::decimal(18, 6)) as unit_proceeds,
        coalesce(ceil(items.lead_time_days / 7)::integer, settings.lead_time_weeks) as lead_time_weeks,
        coalesce(nullif(items.pack_size, 0), 1)::decimal(18, 4) as pack_size, coalesce(history.units, 0) as units,
        forecast_items as limit_of_items, forecast_horizon_weeks as horizon, (select max(number) from weeks) as last_of_all
    from names
    cross join settings
    left join items on names.sku = items.sku
    left join history on names.sku = history.sku
    left join costed on names.sku = costed.sku
),
classed as (
    select *,
        case when weeks_with_demand < 2 then 'none' when adi < 1.32 and cv2 < 0.49 then 'smooth' when adi < 1.32 then 'erratic'
            when cv2 < 0.49 then 'intermittent' else 'lumpy' end as class,
        coalesce(share_of_money(money(times(units, unit_cost)), 1, nullif(weeks, 0)), 0) as weekly_value,
        case when weeks_with_demand = 0 then 'no_demand' when last_of_all - coalesce(last_week, 0) >= 26 then 'dead'
            when weeks < 8 then 'new' when weeks < 8 + horizon or weeks_with_demand < 2 then 'short' end as withheld
    from facts
),
ranked as (
    select *, row_number() over (partition by withheld is null order by weekly_value desc, units desc, sku) as place
    from classed
),
decided as (
    select *, coalesce(withheld, if(place > limit_of_items, 'beyond_limit', 'forecast')) as status from ranked
)
select decided.sku, name, first_week, weeks, weeks_with_demand, adi, cv2, class, stock_classes.abc, status,
    case status
        when 'forecast' then 'Its history is long enough for a forecast.'
        when 'no_demand' then 'Nobody has asked for it in the weeks of the history.'
        when 'dead' then format('Nobody has asked for it in the last {} weeks.', last_of_all - coalesce(last_week, 0))
        when 'new' then format('It has been in demand for {} only: a forecast learns from 8 at least.',
            if(weeks = 1, '1 week', format('{} weeks', weeks)))
        when 'short' then if(weeks < 8 + horizon,
            format('With {} weeks of history no forecast can be held against what came: that takes {}.', weeks, 8 + horizon),
            'It has been asked for in one week only.')
        when 'beyond_limit' then format('Its value of demand is not among the {} largest (forecast.items).', limit_of_items)
    end as reason,
    case class when 'smooth' then 'AutoETS' when 'erratic' then 'Theta' when 'intermittent' then 'CrostonSBA' when 'lumpy'
        then 'IMAPA' end as model,
    unit_cost, (unit_proceeds - unit_cost)::decimal(18, 6) as unit_margin, lead_time_weeks, pack_size, weekly_value
from decided
left join stock_classes on decided.sku = stock_classes.sku and stock_classes.book = 'corrected'
order by decided.sku

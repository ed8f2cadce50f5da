-- What this company can have of forecasts, and what not yet.
-- Grain: one row. ``origins``: as many weeks as forecasts are made at, one after the other, up to ``last_origin``, the last of
-- which all of the horizon has come; the first has 8 weeks to learn from. ``status``: forecast; off (forecast.items = 0);
-- short_history; no_units (the ledger's cost of sales names no units); no_items. Without forecasts ``origins`` is 0.
with counts as (
    select (select count(*) from weeks) as weeks,
        (select count(*) from forecast_items where weeks_with_demand > 0) as items,
        (select count(*) from forecast_items where status = 'forecast') as eligible,
        (select count(quantity) from recorded where role = 'cogs' and sku is not null) as lines_with_units,
        forecast_horizon_weeks as horizon, forecast_origins as wanted, forecast_items as limit_of_items,
        greatest(20, 8 + horizon + 2) as needed
    from settings
),
judged as (
    select *,
        case when limit_of_items = 0 then 'off' when weeks < needed then 'short_history'
            when lines_with_units = 0 then 'no_units' when eligible = 0 then 'no_items' else 'forecast' end as status
    from counts
)
select weeks::integer as weeks, if(status = 'forecast', least(wanted, weeks - horizon - 7), 0)::integer as origins,
    if(status = 'forecast', weeks - horizon, null)::integer as last_origin, horizon, items::integer as items,
    if(status = 'forecast', eligible, 0)::integer as items_forecast, status,
    case status
        when 'off' then 'No forecasts were asked for (forecast.items = 0). The histories of demand are there, by book and cause.'
        when 'short_history' then if(weeks = 0,
            format('No whole week of demand is known: forecasts that are held against what came take {}.', needed),
            format('{} too few: forecasts that are held against what came take {}. The histories of demand and what each '
            || 'cause does to them are there; forecasts, their stability and what purchasing makes of them come with more weeks.',
            if(weeks = 1, '1 whole week of history is', format('{} whole weeks of history are', weeks)), needed))
        when 'no_units' then 'The ledger books its cost of sales without units by item, so that no history of demand can be read '
            || 'from it. The corrected history is there, from the events; a comparison with the ledger is not.'
        when 'no_items' then 'No item has a history long enough for a forecast. The histories of demand are there, by book and '
            || 'cause; forecast_items says of each item what it lacks.'
        else format('{:,} of {:,} {} in demand {} forecast, at {} weekly origins, {} ahead.', eligible, items,
            if(items = 1, 'item', 'items'), if(eligible = 1, 'is', 'are'), least(wanted, weeks - horizon - 7),
            if(horizon = 1, '1 week', format('{} weeks', horizon)))
    end as message
from judged

-- Every forecast beside what it is compared with.
-- Grain: one row per sku, book, origin, horizon and comparison. Units.
-- ``comparison``: 'actual' (corrected demand), 'previous' (the same week, forecast one origin earlier), 'initial' (the same
-- week, as first forecast), 'horizontal' (the week before, from the same origin), 'corrected' (the same week and origin, from
-- corrected history, by a model that learns if it is of one). ``other`` is what that is; a forecast that has no such partner
-- has no row. ``earlier``: the same week, forecast two origins earlier.
with compared as (
    select
        forecasts.sku, forecasts.book, forecasts.origin, forecasts.horizon, forecasts.units,
        actuals.units as actual,
        lag(forecasts.units) over one_target as previous,
        lag(forecasts.units, 2) over one_target as earlier,
        case when row_number() over one_target > 1 then first_value(forecasts.units) over one_target end as initial,
        lag(forecasts.units) over one_origin as horizontal,
        corrected.units as corrected
    from forecasts
    join demand_history as actuals
        on actuals.book = 'corrected' and (actuals.sku, actuals.week) = (forecasts.sku, forecasts.week)
    join forecasts as corrected
        on corrected.book = if(starts_with(forecasts.book, 'learning_'), 'learning_corrected', 'corrected')
        and (corrected.sku, corrected.origin, corrected.week) = (forecasts.sku, forecasts.origin, forecasts.week)
    window
        one_target as (partition by forecasts.sku, forecasts.book, forecasts.week order by forecasts.origin),
        one_origin as (partition by forecasts.sku, forecasts.book, forecasts.origin order by forecasts.horizon)
)
unpivot compared on actual, previous, initial, horizontal, corrected into name comparison value other

-- Whether the margin of coming periods can be forecast, and from how many.
-- Grain: one row. ``periods``: complete ones; ``origins``: periods after which is forecast, from the ``fewest``th on, each up to
-- ``horizon`` periods ahead. ``status``: forecast; short_history; off (forecast.items = 0). Without forecasts ``origins`` is 0.
with counts as (
    select count(*) filter (where is_complete) as periods, 6 as fewest, 3 as horizon, any_value(forecast_items) as items
    from periods, settings
),
judged as (
    select *, case when items = 0 then 'off' when periods <= fewest then 'short_history' else 'forecast' end as status
    from counts
)
select periods::integer as periods, fewest, horizon, if(status = 'forecast', periods - fewest, 0)::integer as origins, status,
    case status
        when 'off' then 'No forecasts were asked for (forecast.items = 0).'
        when 'short_history' then format('{} too few to forecast margin and to hold it against what came: that takes {}.',
            if(periods = 1, '1 complete period is', format('{} complete periods are', periods)), fewest + 1)
        else format('The margin of the next {} periods is forecast after {}.', horizon,
            if(periods - fewest = 1, '1 period', format('each of {} periods', periods - fewest)))
    end as message
from judged

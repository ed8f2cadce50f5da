-- The margin of the next periods, predicted from recorded and from corrected history, and how far off it was.
-- Grain: one row per origin (the last period known), period and book (recorded, corrected). Functional currency; margins are
-- shares of revenue, ``error_points`` their difference. ``actual_*`` is the corrected book in both: no forecast is held against
-- a wrong figure. ``error`` = predicted gross profit − actual.
with predicted as (
    select origin, origin + horizon as number, horizon, book, from_minor_units(revenue) as revenue,
        from_minor_units(gross_profit) as gross_profit
    from margin_predictions
)
select
    origins.period as origin, periods.period, predicted.horizon, predicted.book, predicted.revenue, predicted.gross_profit,
    predicted.gross_profit / nullif(predicted.revenue, 0) as gross_margin, actual.revenue as actual_revenue,
    actual.gross_profit as actual_gross_profit, actual.gross_margin as actual_gross_margin,
    money(predicted.gross_profit - actual.gross_profit) as error,
    predicted.gross_profit / nullif(predicted.revenue, 0) - actual.gross_margin as error_points
from predicted
join periods using (number)
join periods as origins on predicted.origin = origins.number
join margin as actual on actual.period = periods.period and actual.book = 'corrected'
order by predicted.origin, predicted.number, predicted.book desc

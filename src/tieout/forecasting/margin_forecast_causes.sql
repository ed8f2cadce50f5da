-- How much each cause adds to the error of the margins predicted from recorded history: exact Shapley values, over all orders in
-- which causes could be corrected. Distortion, recorded − corrected: positive makes the forecasts worse.
-- Grain: one row per cause; beyond the seven largest they are 'other causes'. Functional currency.
-- Over all ``forecasts`` of margin_forecast: ``absolute_error`` adds up to Σ |error| of the recorded book less that of the
-- corrected one, ``gross_profit`` to the difference of what they predict, ``error_points`` to Σ |error_points| likewise.
select cause, forecasts, from_minor_units(absolute_error) as absolute_error, from_minor_units(gross_profit) as gross_profit,
    (error_points::decimal(18, 0) * 0.000001)::decimal(18, 6) as error_points
from margin_shares
order by abs(absolute_error) desc, cause

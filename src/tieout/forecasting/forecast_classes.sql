-- How good and how steady forecasts are by pattern of demand and by usage: pooled over the items of a class.
-- Grain: one row per class (smooth, erratic, intermittent, lumpy; and A, B, C) and book. Columns as in forecast_measures.
select class, book, columns(* exclude (sku, book, level, class))
from forecast_measures
where level = 'class'
order by
    array_position(['smooth', 'erratic', 'intermittent', 'lumpy', 'A', 'B', 'C'], class),
    array_position(['as_of', 'recorded', 'corrected', 'benchmark'], book), book

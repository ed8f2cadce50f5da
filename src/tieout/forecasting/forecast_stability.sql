-- How good and how steady the forecasts of each item are, from each book's history, and of all items together.
-- Grain: one row per sku and book; ``level`` 'total' has no sku. Columns as in forecast_measures.
select sku, book, columns(* exclude (sku, book, level, class)), level
from forecast_measures
where level <> 'class'
order by level desc, sku, array_position(['as_of', 'recorded', 'corrected', 'benchmark'], book), book

-- How much of the history is in doubt.
-- Grain: one row at most. Quantity: Σ |difference| of the newest counts.
select 'history_in_doubt' as finding, 'warning' as severity, 'stock_events' as "table", null::varchar as id,
    'at ' || count(*) || ' items and places the newest count is not what the stock events leave: what the books are said to '
        || 'miss there is only indicated, and nothing is proposed' as message,
    sum(abs(difference))::decimal(18, 4) as quantity, null::decimal(38, 6) as amount
from contradicted_places
having count(*) > 0

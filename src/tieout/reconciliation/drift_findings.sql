-- How far each system's newest count of the stock is from the history.
-- Grain: one row per system whose newest snapshot differs. Quantity and amount: Σ |difference|.
with newest as (
    select system, max(taken_at) as taken_at
    from stock_snapshots
    cross join as_of
    where taken_at <= as_of.moment
    group by system
)
select 'system_qty_drift' as finding, 'warning' as severity, 'stock_snapshots' as "table", system as id,
    'the stock that ' || system || ' counted on ' || local_date(any_value(taken_at)) || ' is not what its history leaves in '
        || count(*) || ' places' as message,
    sum(abs(difference))::decimal(18, 4) as quantity, sum(abs(amount))::decimal(38, 6) as amount
from quantity_drift
join newest using (system, taken_at)
group by system

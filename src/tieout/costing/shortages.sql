-- Issues beyond stock that nothing has covered by the end: they stand below zero, at a provisional cost.
-- Grain: one row per issue and cell. Functional currency, positive.
select
    cells.sku, cells.location, coalesce(issues.void_of, issues.event_id) as event_id,
    (shortages.quantity::decimal(18, 0) * 0.0001)::decimal(18, 4) as quantity,
    from_minor_units(shortages.amount) as amount
from kernel_shortages as shortages
join cells using (cell)
join valued_legs as issues on shortages.leg = issues.row
order by shortages.row

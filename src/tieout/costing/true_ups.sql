-- What an issue beyond stock really cost, less what it was charged for the time being, once goods came in to cover it.
-- Grain: one row per issue and covering inflow. ``amount`` = actual − provisional, dated as the inflow; ``placed``: of a
-- transfer, the part that the goods at its destination took up.
select
    issues.event_id, issues.leg, issues.type, issues.operation, issues.sku, issues.from_location, issues.to_location,
    issues.from_holding, issues.to_holding, covers.event_id as covering_event_id, rows.date, rows.period,
    (ups.quantity::decimal(18, 0) * 0.0001)::decimal(18, 4) as quantity, from_minor_units(ups.amount) as amount,
    from_minor_units(ups.placed) as placed
from kernel_true_ups as ups
join valued_legs as issues on ups.issue = issues.row
join valued_legs as covers on ups.covering = covers.row
join stock_rows as rows on covers.event_id = rows.event_id

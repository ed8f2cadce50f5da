-- What an issue beyond stock really cost, less what it was charged for the time being, once goods came in to cover it.
-- Grain: one row per issue and covering inflow. ``amount`` = actual − provisional, dated as the inflow; ``placed``: of a
-- transfer or an assembly, the part that the goods at its end took up; ``carried``: the part that products of the assembly
-- which came later brought with them.
select
    ups.row as true_up, issues.event_id, issues.booked_under, issues.leg, issues.type, issues.operation, issues.sku,
    issues.from_location, issues.to_location, issues.from_holding, issues.cell_from, covers.event_id as covering_event_id,
    covers.row as covering_row, coalesce(rows.settled_on, covers.date) as date, days.period,
    (ups.quantity::decimal(18, 0) * 0.0001)::decimal(18, 4) as quantity, from_minor_units(ups.amount) as amount,
    from_minor_units(ups.placed) as placed, from_minor_units(ups.carried) as carried
from kernel_true_ups as ups
join valued_legs as issues on ups.issue = issues.row
join valued_legs as covers on ups.covering = covers.row
left join stock_rows as rows on covers.after = 0 and covers.event_id = rows.event_id
left join days on coalesce(rows.settled_on, covers.date) = days.date

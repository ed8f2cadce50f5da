-- What five buyers of one policy order and have, week by week, made in misfires.py (``courses``).
-- Grain: one row per arm, sku and week. Units. ``arm``: the history that is forecast from and the stock that is counted on, each
-- R(ecorded, as known then) or C(orrected): RR, RC, CR, CC; O knows what will be asked for. All begin with the same goods. At
-- the week's start: ``position`` (stock as told + on order − owed), ``orders``; in it: ``received``, ``asked``, ``served``,
-- ``short`` and of that ``lost``; at its end: ``on_hand``, ``owed``, ``on_order``. ``plan_change``: how far the plan of orders
-- is from the one of the week before.
with items as (
    select sku, row_number() over (order by sku) - 1 as item from forecast_items where status = 'forecast'
),
units as (
    select arm, item, week, (columns(* exclude (arm, item, week))::decimal(18, 0) * 0.0001)::decimal(18, 4) from courses
)
select arm, sku, week::integer as week, units.* exclude (arm, item, week)
from units
join items using (item)
order by array_position(['RR', 'RC', 'CR', 'CC', 'O'], arm), sku, week

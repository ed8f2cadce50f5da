-- Whose fault it is what wrong records make a buyer do, made in misfires.py (``effects``).
-- Grain: one row per measure (an amount of purchasing_items) and group of causes: a family, the ``families`` of the smaller ones
-- (``other``), or what was not booked yet at the time (not_booked_yet). Functional currency, RR − CC: positive is too much.
-- Exact Shapley values: ``history_amount`` (through what is forecast from) + ``stock_amount`` (through what is counted on) =
-- ``amount``, and the amounts of a measure add up to that of purchasing_cost. ``low``, ``high``: 95 % of what as many items
-- drawn anew would give.
select measure, cause, families, from_minor_units(amount) as amount, from_minor_units(history_amount) as history_amount,
    from_minor_units(stock_amount) as stock_amount, from_minor_units(low) as low, from_minor_units(high) as high
from effects
order by measure, abs(amount) desc, cause

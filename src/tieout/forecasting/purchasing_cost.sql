-- What wrong records cost the buyer, and beside it what a forecast costs that cannot know, made in misfires.py (``effects``).
-- Grain: one row per comparison (errors: RR − CC; forecast: CC − O, the oracle) and measure (an amount of purchasing_items;
-- ``cost`` of the errors is the value of correct information). Functional currency; positive is too much. The effect of a
-- channel is the mean of its effects beside the other one recorded and corrected (Shapley over two): ``history_amount`` +
-- ``stock_amount`` = ``amount``; the oracle's has none. ``low``, ``high``: 95 % of what as many items drawn anew would give.
select comparison, measure, from_minor_units(amount) as amount, from_minor_units(history_amount) as history_amount,
    from_minor_units(stock_amount) as stock_amount, from_minor_units(low) as low, from_minor_units(high) as high
from effects
order by comparison, measure

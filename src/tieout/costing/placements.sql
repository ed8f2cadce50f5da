-- Where costs that came to be known later found goods to settle on.
-- Grain: one row per late cost or true-up, and cell. Functional currency. ``true_up`` is blank of a late cost; ``row`` is its
-- leg, of a true-up the leg that covered the issue.
select
    found.leg as row, case when found.true_up >= 0 then found.true_up end as true_up, found.cell, cells.sku, cells.location,
    cells.holding, from_minor_units(found.amount) as amount
from kernel_placements as found
join cells using (cell)

-- Every change of the value of a cell, as the replay tells it; from the first to the last they add up to what is there.
-- Grain: one row per change. Functional currency; ``row``: the leg that brought it about, or covered what was short.
select cell_from as cell, row, -amount as amount from valued_legs where operation in ('out', 'group_out', 'move')
union all
select cell_to, row, arrived from valued_legs where operation not in ('out', 'group_out', 'add') and arrived <> 0
union all
select cell, row, amount from placements
union all
select cell_from, covering_row, -amount from true_ups

-- What a change of the cost method does: prospectively (from its date on) and retrospectively (as if it had always been so).
-- Grain: one row per sku with a dated change, and period. Functional currency: what its issues cost in the period (true-ups at
-- the issue's date), and what was on hand at its end.
with changed as (
    select sku from cost_methods group by sku having count(*) > 1
),
moved as (
    select legs.sku, days.period,
        sum(case when operation in ('out', 'group_out') then after.amount + after.trued_up else 0 end) as issued_prospective,
        sum(case when operation in ('out', 'group_out') then always.amount + always.trued_up else 0 end)
            as issued_retrospective,
        sum(case when operation in ('in', 'return', 'group_in', 'revalue') then after.amount
            when operation = 'add' then after.placed else 0 end - after.variance) as came_prospective,
        sum(case when operation in ('in', 'return', 'group_in', 'revalue') then always.amount
            when operation = 'add' then always.placed else 0 end - always.variance) as came_retrospective
    from valued_legs as legs
    semi join changed using (sku)
    join as_if_prospective_amounts as after using (row)
    join as_if_retrospective_amounts as always using (row)
    join days using (date)
    group by all
)
select sku, moved.period,
    from_minor_units(issued_prospective) as issued_prospective,
    from_minor_units(issued_retrospective) as issued_retrospective,
    from_minor_units(sum(came_prospective - issued_prospective) over so_far) as on_hand_prospective,
    from_minor_units(sum(came_retrospective - issued_retrospective) over so_far) as on_hand_retrospective
from moved
join periods using (period)
window so_far as (partition by sku order by periods.number)
order by sku, periods.number

-- By how much an item's corrected demand moves from one week to the next, as known at each origin: the scale of the scaled
-- measures, the same for every book, since dirty history would swell its own yardstick.
-- Grain: one row per sku and week (an origin), from the item's first week. Units; squared units.
-- ``absolute`` = mean |Y(t) − Y(t−1)|, ``squared`` = mean (Y(t) − Y(t−1))², up to the week: lag 1, as a season would take two
-- years. Empty where no week has one before it, or nothing ever moved: nothing can be scaled by that.
with changes as (
    select sku, week, units - lag(units) over (partition by sku order by week) as change
    from demand_history
    where book = 'corrected'
),
running as (
    select
        sku, week, count(change) over so_far as changes,
        sum(abs(change)) over so_far as absolute, sum(change::decimal(38, 4) * change) over so_far as squared
    from changes
    window so_far as (partition by sku order by week)
)
select
    sku, week, nullif(absolute, 0) / nullif(changes, 0) as absolute, nullif(squared, 0) / nullif(changes, 0) as squared
from running

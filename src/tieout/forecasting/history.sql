-- The history of each item in a book of which the causes of the families ``$corrected`` are corrected (none: recorded; all:
-- corrected), as of the end of the week ``$origin`` (NULL: as known now); of the items ``$skus`` (NULL: of all).
-- Grain: one row per sku and week, from its first demand in the corrected book to the last week (or the origin), gaps filled with
-- zeros. ``units``: demand, with what was unmet and ``lost``; ``on_hand``: at the end of the week, wherever it lies.
-- ``lost``: what a shelf empty by this book, at the start of the week and at its end, did not sell: the mean of the last eight
-- weeks that it was not, less what was sold. After eight such weeks an item is taken to be out of range. Stock that is not there
-- but on record hides lost demand, as in life. Reversals booked beyond their sale make no demand below zero.
with starts as (
    select sku, min(week) as first_week
    from (
        select sku, week
        from demand_parts
        where sku is not null and ($skus is null or sku in (select unnest($skus::varchar[])))
        group by all
        having sum(case when part <> 'correction' then units when not in_corrected then -units else 0 end) > 0
    )
    group by sku
),
demand as (
    select sku, week, sum(case when part = 'correction' then -units else units end) as units
    from demand_parts
    semi join starts using (sku)
    where part <> 'correction' or not in_corrected or not list_contains($corrected::varchar[], family)
    group by all
    union all
    select sku, week, -sum(units) from late_demand semi join starts using (sku) where known_week > $origin::integer group by all
),
stock as (
    select sku, week, sum(case when part = 'correction' then -units else units end) as units
    from stock_parts
    semi join starts using (sku)
    where part <> 'correction' or not in_corrected or not list_contains($corrected::varchar[], family)
    group by all
),
before as (
    -- What lay there before the item's first week.
    select starts.sku, sum(stock.units) as units
    from starts
    join stock on starts.sku = stock.sku and stock.week < starts.first_week
    group by all
),
demanded as (
    select sku, week, greatest(sum(units), 0) as units from demand group by all
),
grid as (
    select starts.sku, weeks.number as week, coalesce(demanded.units, 0) as units,
        coalesce(before.units, 0) + coalesce(sum(stock.units) over so_far, 0) as on_hand,
        on_hand - coalesce(stock.units, 0) as on_hand_before
    from starts
    join weeks on weeks.number >= starts.first_week and weeks.number <= coalesce($origin::integer, weeks.number)
    left join demanded on starts.sku = demanded.sku and weeks.number = demanded.week
    left join stock on starts.sku = stock.sku and weeks.number = stock.week
    left join before on starts.sku = before.sku
    window so_far as (partition by starts.sku order by weeks.number)
),
usual as (
    select sku, week, avg(units) over (partition by sku order by week rows between 7 preceding and current row) as units
    from grid
    where on_hand_before > 0 or on_hand > 0
),
missed as (
    select grid.*,
        case when grid.on_hand_before <= 0 and grid.on_hand <= 0 and grid.week - usual.week <= 8
            then greatest(usual.units - grid.units, 0) else 0 end::decimal(18, 4) as lost
    from grid
    asof left join usual on grid.sku = usual.sku and grid.week >= usual.week
)
select sku, week, (units + lost)::decimal(18, 4) as units, lost, on_hand::decimal(18, 4) as on_hand
from missed
order by sku, week

-- The history of items in a book of which the causes of the families ``$corrected`` are corrected (none: recorded; all:
-- corrected): of each of ``$skus`` as of the end of the week at the same place of ``$origins`` (both NULL: of all, as known now).
-- Grain: one row per sku, origin and week, from its first demand in the corrected book to the origin, gaps filled with
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
asked as (
    select unnest($skus::varchar[]) as sku, unnest($origins::integer[]) as origin
    union all
    select sku, (select max(number) from weeks) from starts where $skus is null
),
demand as (
    select sku, week, sum(case when part = 'correction' then -units else units end) as units
    from demand_parts
    semi join starts using (sku)
    where part <> 'correction' or not in_corrected or not list_contains($corrected::varchar[], family)
    group by all
),
late as (
    select asked.sku, origin, week, sum(units) as units
    from asked
    join late_demand on asked.sku = late_demand.sku and week <= origin and origin < known_week
    where family is null or not list_contains($corrected::varchar[], family)
    group by all
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
grid as (
    select asked.sku, asked.origin, weeks.number as week,
        greatest(coalesce(demand.units, 0) - coalesce(late.units, 0), 0) as units,
        coalesce(before.units, 0) + coalesce(sum(stock.units) over so_far, 0) as on_hand,
        on_hand - coalesce(stock.units, 0) as on_hand_before
    from asked
    join starts on asked.sku = starts.sku
    join weeks on weeks.number between starts.first_week and asked.origin
    left join demand on asked.sku = demand.sku and weeks.number = demand.week
    left join late on asked.sku = late.sku and asked.origin = late.origin and weeks.number = late.week
    left join stock on asked.sku = stock.sku and weeks.number = stock.week
    left join before on asked.sku = before.sku
    window so_far as (partition by asked.sku, asked.origin order by weeks.number)
),
usual as (
    select sku, origin, week,
        avg(units) over (partition by sku, origin order by week rows between 7 preceding and current row) as units
    from grid
    where on_hand_before > 0 or on_hand > 0
),
compared as (
    -- The latest week that it was not empty, and what was usual then.
    select grid.*, last_value(usual.week ignore nulls) over so_far as usual_week,
        last_value(usual.units ignore nulls) over so_far as usual_units
    from grid
    left join usual using (sku, origin, week)
    window so_far as (partition by sku, origin order by week)
),
missed as (
    select *,
        case when on_hand_before <= 0 and on_hand <= 0 and week - usual_week <= 8 then greatest(usual_units - units, 0)
            else 0 end::decimal(18, 4) as lost
    from compared
)
select sku, origin, week, (units + lost)::decimal(18, 4) as units, lost, on_hand::decimal(18, 4) as on_hand
from missed
order by sku, origin, week

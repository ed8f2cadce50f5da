-- Where the history of stock events is itself in doubt: every newest count of an item at a place is another than it leaves.
-- Where one of two counts agrees with it, the other is suspect (``quantity_drift``).
-- Grain: one row per sku and location. ``since``: the last count that agreed, if any; ``difference`` of the newest count, in
-- units.
with counts as (
    select coalesce(system, '') as system, taken_at, sku, location,
        sum(quantity - replayed_quantity)::decimal(18, 4) as difference
    from counted_stock
    where location is not null
    group by all
),
newest as (
    select sku, location, bool_and(difference <> 0) as is_contradicted, arg_max(difference, (taken_at, system)) as difference
    from (from counts qualify row_number() over (partition by system, sku, location order by taken_at desc) = 1)
    group by all
)
select newest.sku, newest.location, newest.difference,
    (select max(local_date(taken_at)) from counts
        where counts.sku = newest.sku and counts.location = newest.location and counts.difference = 0) as since
from newest
where is_contradicted

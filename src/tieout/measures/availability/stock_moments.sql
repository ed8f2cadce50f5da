-- When stock is looked at: the end of each period (of the one that is not over: "now"), and each moment at which a system
-- counted.
-- Grain: one row per moment and item. At a period's end that is every item of the stock or of a correction (one of a
-- correction without an item is NULL), at a system's count those that it counted. ``date``: up to which the ledger counts.
with ends as (
    select least(
        earlier_in_overlap(timezone(settings.timezone, (end_date + 1)::timestamp)) - interval 1 microsecond, as_of.moment
    ) as taken_at
    from periods
    cross join settings
    cross join as_of
    where start_date <= local_date(as_of.moment)
),
skus as (
    select sku from stock_moves
    union
    select sku from corrections where role in ('inventory', 'in_transit')
),
moments as (
    select taken_at, sku, true as is_period_end from ends cross join skus
    union all
    select taken_at, sku, false from counted_stock where system is not null
),
items as (
    select taken_at, sku, bool_or(is_period_end) as is_period_end from moments group by all
)
select items.taken_at, items.sku, items.is_period_end, local_date(items.taken_at) as date,
    coalesce(periods.period, strftime(local_date(items.taken_at), '%Y-%m')) as period
from items
left join periods on local_date(items.taken_at) between periods.start_date and periods.end_date

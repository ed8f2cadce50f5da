-- Every count of the stock beside what the history of stock events leaves.
-- Grain: one row per row of ``stock_snapshots``, and of ``cycle_counts`` (``system`` is NULL). Quantities in our own units; a
-- blank location or status stands for all. ``pool``: units and value of the item there (else of its last movement anywhere) at
-- that time.
with snapshots as (
    select rows.system, rows.taken_at, coalesce(aliases.sku, rows.sku) as sku, rows.location, rows.status,
        (rows.quantity * coalesce(aliases.units_per, 1))::decimal(18, 4) as quantity,
        coalesce(rows.location, '') as place, coalesce(rows.status, '') as state
    from stock_snapshots as rows
    cross join as_of
    left join sku_aliases as aliases
        on rows.system = aliases.system and rows.sku = aliases.external_sku
        and (aliases.valid_from is null or aliases.valid_from <= rows.taken_at)
        and (aliases.valid_to is null or rows.taken_at < aliases.valid_to)
    where rows.taken_at <= as_of.moment
    union all
    -- A count by hand is of the stock as its own adjustment leaves it.
    select null, coalesce(rows.occurred_at, counts.counted_at), counts.sku, counts.location, null, counts.counted_quantity,
        counts.location, ''
    from cycle_counts as counts
    cross join as_of
    left join stock_rows as rows using (event_id)
    where counts.counted_at <= as_of.moment
),
grains as (
    select distinct place = '' as has_all_places, state = '' as has_all_states from snapshots
),
moves as (
    select moves.sku, case when has_all_places then '' else moves.location end as place,
        case when has_all_states then '' else moves.status end as state, moves.occurred_at, sum(moves.quantity) as quantity
    from stock_moves as moves
    cross join grains
    where moves.sku in (select sku from snapshots)
    group by all
),
balances as (
    select sku, place, state, occurred_at,
        sum(quantity) over (partition by sku, place, state order by occurred_at)::decimal(18, 4) as quantity
    from moves
),
costs as (
    select events.sku, coalesce(events.location, '') as place, rows.occurred_at,
        arg_max({'quantity': quantity_after, 'amount': amount_after}, (rows.position, events.leg)) as pool
    from valued_events as events
    join stock_rows as rows using (event_id)
    where events.quantity_after > 0
    group by all
),
costs_anywhere as (
    select sku, occurred_at, arg_max(pool, place) as pool from costs group by all
),
compared as (
    select snapshots.*, coalesce(balances.quantity, 0) as replayed_quantity,
        coalesce(costs.pool, costs_anywhere.pool) as pool
    from snapshots
    asof left join balances
        on snapshots.sku = balances.sku and snapshots.place = balances.place and snapshots.state = balances.state
        and snapshots.taken_at >= balances.occurred_at
    asof left join costs
        on snapshots.sku = costs.sku and snapshots.place = costs.place and snapshots.taken_at >= costs.occurred_at
    asof left join costs_anywhere
        on snapshots.sku = costs_anywhere.sku and snapshots.taken_at >= costs_anywhere.occurred_at
)
select system, taken_at, sku, location, status, quantity, replayed_quantity, pool
from compared

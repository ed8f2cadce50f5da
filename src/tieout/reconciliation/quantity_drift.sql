-- Where a system's count of the stock is not what the history of stock events leaves: a risk to what is sold and bought, not yet a
-- difference between the books.
-- Grain: one row per row of ``stock_snapshots`` that differs. Quantities in our own units; a blank location or status stands
-- for all. ``difference`` = snapshot − replayed; ``amount``: that at the replayed unit cost of the item there (else of its last
-- movement anywhere), functional currency.
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
select system, taken_at, sku, location, status, quantity, replayed_quantity,
    (quantity - replayed_quantity)::decimal(18, 4) as difference,
    share_of_money(pool.amount, difference, pool.quantity) as amount
from compared
where quantity <> replayed_quantity
order by system, taken_at, sku, location, status

-- Every record of the stock beside a physical count of it.
-- Grain: one row per count of an item at a place, and record. ``against``: ``cycle count``, or the warehouse's own system
-- (setting ``inventory.warehouse_system``). ``record``: what the count sheet said; the history (without the count's own
-- adjustment); the ledger: the history and what the ledger has too much (up to the day before a cycle count, whose own entry
-- it must not hold, else that day); or another system. Units; ``pool``: units and value of the item, functional currency.
with adjusted as (
    select event_id, sku, location, sum(quantity) as quantity
    from stock_moves
    where event_id in (select event_id from cycle_counts)
    group by all
),
replayed as (
    select distinct on (taken_at, sku, location) * from counted_stock where system is null
),
sheets as (
    select 'cycle count' as against, local_date(counts.counted_at) as date, local_date(counts.counted_at) - 1 as ledger_date,
        counts.sku, counts.location, counts.counted_quantity as counted, counts.system_quantity,
        stock.replayed_quantity - coalesce(adjusted.quantity, 0) as replayed, stock.pool
    from cycle_counts as counts
    left join stock_rows as rows using (event_id)
    join replayed as stock
        on counts.sku = stock.sku and counts.location = stock.location
        and coalesce(rows.occurred_at, counts.counted_at) = stock.taken_at
    left join adjusted
        on counts.event_id = adjusted.event_id and counts.sku = adjusted.sku and counts.location = adjusted.location
),
places as (
    select system, taken_at, local_date(taken_at) as date, sku, coalesce(location, '') as location, sum(quantity) as quantity,
        sum(replayed_quantity) as replayed, any_value(pool) as pool
    from counted_stock
    where system is not null
    group by system, taken_at, sku, coalesce(location, '')
),
systems as (
    from places qualify taken_at = max(taken_at) over (partition by system, date)
),
shelves as (
    select systems.* from systems join settings on systems.system = settings.warehouse_system
),
counts as (
    from sheets
    union all by name
    select system as against, date, date as ledger_date, sku, location, quantity as counted, replayed, pool from shelves
),
observations as (
    select against, 'count sheet' as record, date, sku, location, counted, system_quantity as recorded, pool
    from counts
    where system_quantity is not null
    union all
    select against, 'history', date, sku, location, counted, replayed, pool from counts
    union all
    select against, 'ledger', counts.date, counts.sku, counts.location, counted, replayed + coalesce(gaps.units, 0), pool
    from counts
    left join ledger_gaps as gaps
        on counts.ledger_date = gaps.date and counts.sku = gaps.sku and counts.location = gaps.location
    where (select has_places and has_units from ledger_grain)
    union all
    select shelves.system, systems.system, shelves.date, shelves.sku, shelves.location, shelves.quantity, systems.quantity,
        shelves.pool
    from shelves
    join systems
        on shelves.system <> systems.system and shelves.date = systems.date and shelves.sku = systems.sku
        and shelves.location = systems.location
)
select observations.*, coalesce(periods.period, strftime(observations.date, '%Y-%m')) as period
from observations
left join periods on observations.date between periods.start_date and periods.end_date

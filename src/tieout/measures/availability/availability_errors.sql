-- The error part of available stock, apart from what the definitions differ by: where the ledger, or a system, is wrong about
-- the units.
-- Grain: one row per moment (``stock_moments``), source (``ledger``, or the system that counted), cause, sku and location with
-- an error. Units and functional currency, recorded − right: positive is too much. Of the ledger: minus the corrections of
-- evidence A to C in inventory and in transit up to that date, ``units`` NULL where they carry none; of a system: its count −
-- what the history leaves.
with changes as (
    select cause, coalesce(sku, '') as item, coalesce(location, '') as place, date,
        sum(sum(-quantity)) over so_far as units, sum(sum(-amount)) over so_far as amount
    from corrections
    where role in ('inventory', 'in_transit') and evidence in ('A', 'B', 'C')
    group by cause, coalesce(sku, ''), coalesce(location, ''), date
    window so_far as (partition by cause, coalesce(sku, ''), coalesce(location, '') order by date)
),
asked as (
    select moments.*, coalesce(moments.sku, '') as item, places.cause, places.place
    from stock_moments as moments
    join (select distinct cause, item, place from changes) as places on coalesce(moments.sku, '') = places.item
),
errors as (
    select asked.taken_at, 'ledger' as source, asked.cause, asked.sku, nullif(asked.place, '') as location, changes.units,
        changes.amount
    from asked
    asof join changes
        on asked.cause = changes.cause and asked.item = changes.item and asked.place = changes.place
        and asked.date >= changes.date
    where changes.units <> 0 or changes.amount <> 0
    union all
    select taken_at, system, 'system_qty_drift', sku, location, sum(difference), sum(amount)
    from quantity_drift
    group by taken_at, system, sku, location
)
select errors.taken_at, source, cause, errors.sku, errors.location, units::decimal(18, 4) as units, money(amount) as amount,
    moments.period, moments.is_period_end
from errors
join stock_moments as moments on errors.taken_at = moments.taken_at and errors.sku is not distinct from moments.sku
order by errors.taken_at, source, cause, errors.sku, errors.location

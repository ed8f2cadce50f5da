-- How many units the ledger has too many of: its stock − what the history of stock events leaves of our own goods, by the end
-- of a day.
-- Grain: one row per date that is asked for (of ``stock_moments``, and the day before a cycle count), sku and location (blank
-- under company scope) where either holds some. Empty where most of the ledger's lines of stock name no item or no units.
with known as (
    select 2 * count(*) filter (where sku is not null and quantity is not null) > count(*) as by_item
    from linked_lines
    where role in ('inventory', 'in_transit')
),
history as (
    select sku, case when settings.cost_scope = 'location' then location else '' end as location, local_date(occurred_at) as date,
        sum(sum(quantity)) over so_far::decimal(18, 4) as quantity
    from stock_moves
    cross join settings
    where owner = 'own'
    group by sku, case when settings.cost_scope = 'location' then location else '' end, local_date(occurred_at)
    window so_far as (
        partition by sku, case when settings.cost_scope = 'location' then location else '' end order by local_date(occurred_at)
    )
),
places as (
    select sku, location from history
    union
    select sku, location from ledger_stock
),
dates as (
    select sku, date from stock_moments
    union
    select sku, local_date(counted_at) - 1 from cycle_counts
),
asked as (
    select dates.date, places.sku, places.location from dates join places using (sku) cross join known where known.by_item
)
select asked.*, coalesce(ledger.quantity, 0) - coalesce(history.quantity, 0) as units
from asked
asof left join ledger_stock as ledger
    on asked.sku = ledger.sku and asked.location = ledger.location and asked.date >= ledger.date
asof left join history
    on asked.sku = history.sku and asked.location = history.location and asked.date >= history.date
where coalesce(ledger.quantity, 0) <> 0 or coalesce(history.quantity, 0) <> 0

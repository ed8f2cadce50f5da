-- How many units the ledger has too many of: its stock − what the history leaves there for the books (the expected journal), by
-- the end of a day.
-- Grain: one row per date that is asked for (of ``stock_moments``, and the day before a cycle count), sku and location (blank
-- where the journal names none, everywhere where most of the ledger names none) where either holds some. Empty where most of
-- the ledger's lines of stock name no item or no units (``ledger_grain``).
with ledger as (
    -- A quantity on a document's line is not stock that moved.
    select lines.date, lines.sku, lines.location, lines.quantity
    from booked_lines as lines
    left join event_keys as keys using (event_id)
    where lines.role in ('inventory', 'in_transit') and lines.sku is not null and lines.quantity is not null
        and coalesce(keys.event_type, '') not in (
            'vendor_bill', 'landed_cost', 'transfer_freight', 'standard_cost', 'revaluation'
        )
),
changes as (
    select date, sku, location, quantity as booked, 0 as moved from ledger
    union all
    select date, sku, location, 0, quantity
    from expected
    where role in ('inventory', 'in_transit') and quantity is not null
),
placed as (
    select date, sku, case when has_places then coalesce(location, '') else '' end as location, booked, moved
    from changes
    cross join ledger_grain
),
dates as (
    select sku, date from stock_moments
    union
    select sku, local_date(counted_at) - 1 from cycle_counts
),
balances as (
    -- Changes up to the next date that is asked for become one.
    select placed.sku, placed.location, days.date, sum(sum(booked)) over so_far as booked, sum(sum(moved)) over so_far as moved
    from placed
    asof join (select distinct date from dates) as days on placed.date <= days.date
    group by placed.sku, placed.location, days.date
    window so_far as (partition by placed.sku, placed.location order by days.date)
),
asked as (
    select dates.date, places.sku, places.location
    from dates
    join (select distinct sku, location from balances) as places using (sku)
    where (select has_units from ledger_grain)
)
select asked.*, (booked - moved)::decimal(18, 4) as units
from asked
asof join balances
    on asked.sku = balances.sku and asked.location = balances.location and asked.date >= balances.date
where booked <> 0 or moved <> 0

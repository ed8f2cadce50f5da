-- System against system: how far two of them are apart about the same stock, whatever each calls available.
-- Grain: one row per moment and pair: each system that counts against the history of stock events (``history``), against the
-- ledger and against every other that counted that day, and at each period's end the ledger against what the history leaves
-- for the books. Units, and functional currency at the item's unit cost; ``net`` = Σ (first − second), ``gross`` = Σ |first −
-- second|, over the ``cells``: the rows of a count, or the items and places that both hold (of ledger and history: that either
-- holds); ``equal_share``: equal ÷ cells. System and ledger are each measured from the history, so goods that only one of them
-- is meant to count (damaged, consigned) make no drift; the ledger as at the end of that day. NULL with a ``reason`` where the
-- ledger does not say what lies where.
with counts as (
    select system, taken_at, local_date(taken_at) as date, sku, coalesce(location, '') as location,
        sum(quantity) as quantity, sum(quantity - replayed_quantity) as drift
    from counted_stock
    where system is not null
    group by all
),
newest as (
    from counts qualify taken_at = max(taken_at) over (partition by system, date)
),
pairs as (
    select 'ledger' as first_system, 'history' as second_system, moments.taken_at, gaps.sku, gaps.units as difference
    from ledger_gaps as gaps
    join stock_moments as moments using (sku, date)
    where moments.is_period_end
    union all
    select counts.system, 'ledger', counts.taken_at, counts.sku, sum(counts.drift) - any_value(gaps.units)
    from counts
    cross join ledger_grain
    join ledger_gaps as gaps
        on counts.date = gaps.date and counts.sku = gaps.sku
        and case when has_places then counts.location else '' end = gaps.location
    group by counts.system, counts.taken_at, counts.sku, gaps.location
    union all
    select first.system, second.system, first.taken_at, first.sku, first.quantity - second.quantity
    from newest as first
    join newest as second
        on first.system < second.system and first.date = second.date and first.sku = second.sku
        and first.location = second.location
),
differences as (
    select pairs.*, share_of_money(costs.pool.amount, difference::decimal(18, 4), costs.pool.quantity) as amount
    from pairs
    left join moment_costs as costs using (taken_at, sku)
    union all
    select stock.system, 'history', stock.taken_at, stock.sku, stock.quantity - stock.replayed_quantity, coalesce(drift.amount, 0)
    from counted_stock as stock
    left join quantity_drift as drift
        on stock.system = drift.system and stock.taken_at = drift.taken_at and stock.sku = drift.sku
        and stock.location is not distinct from drift.location and stock.status is not distinct from drift.status
    where stock.system is not null
),
compared as (
    select taken_at, first_system, second_system, count(*) as cells, count(*) filter (where difference = 0) as equal,
        sum(difference)::decimal(18, 4) as units_net, sum(abs(difference))::decimal(18, 4) as units_gross,
        money(sum(amount)) as value_net, money(sum(abs(amount))) as value_gross
    from differences
    group by all
),
unknown as (
    select taken_at, 'ledger' as first_system, 'history' as second_system from stock_moments where is_period_end
    union
    select taken_at, system, 'ledger' from counts
),
rows as (
    select *, null as reason from compared
    union all by name
    select *, 'most ledger lines of stock name no item or no units' as reason
    from unknown
    where (select has_units is not true from ledger_grain)
)
select rows.taken_at, first_system, second_system, cells, equal, units_net, units_gross, value_net, value_gross,
    equal / nullif(cells, 0) as equal_share, moments.period, reason
from rows
join (select distinct taken_at, period from stock_moments) as moments using (taken_at)
order by rows.taken_at, first_system, second_system

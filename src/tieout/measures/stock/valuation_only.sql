-- The same count, another value: how often two systems agree on the units of a place, and not on what they are worth.
-- Grain: one row per period end and pair of systems (the ledger, the replay, each system of ``stock_snapshots``), compared
-- sku by sku and place by place: with a snapshot its own places, else every place where either has stock.  ``cells`` = the
-- four counts beside it;
-- ``valuation_only_share`` = same_units_other_value ÷ cells; ``valuation_only_amount``: Σ |difference| of those, functional
-- currency. NULL with a ``reason`` where a system does not value all of its stock, or has no snapshot of the period's last
-- day with places, and for the ledger where it does not say what lies where (``ledger_grain``).
with snapshots as (
    select rows.system, periods.period, coalesce(aliases.sku, rows.sku) as sku,
        case when settings.cost_scope = 'location' then rows.location end as location,
        rows.quantity * coalesce(aliases.units_per, 1) as quantity,
        coalesce(rows.value, money(times(rows.quantity, rows.unit_cost))) as amount
    from stock_snapshots as rows
    cross join settings
    join periods on local_date(rows.taken_at) = periods.end_date
    left join sku_aliases as aliases
        on rows.system = aliases.system and rows.sku = aliases.external_sku
        and (aliases.valid_from is null or aliases.valid_from <= rows.taken_at)
        and (aliases.valid_to is null or rows.taken_at < aliases.valid_to)
    where rows.location is not null or settings.cost_scope = 'company'
    qualify rows.taken_at = max(rows.taken_at) over (partition by rows.system, periods.period)
),
counted as (
    select system, period, sku, location, sum(quantity) as quantity,
        case when bool_and(amount is not null or quantity = 0) then coalesce(sum(amount), 0) end as amount
    from snapshots
    group by all
),
books as (
    select period, sku, location,
        coalesce(sum(quantity) filter (where book = 'recorded'), 0) as ledger_quantity,
        coalesce(sum(amount) filter (where book = 'recorded'), 0) as ledger_amount,
        coalesce(sum(quantity) filter (where book = 'expected'), 0) as replay_quantity,
        coalesce(sum(amount) filter (where book = 'expected'), 0) as replay_amount
    from inventory
    group by all
),
beside_books as (
    select counted.system, counted.period, counted.quantity, counted.amount, coalesce(ledger_quantity, 0) as ledger_quantity,
        coalesce(ledger_amount, 0) as ledger_amount, coalesce(replay_quantity, 0) as replay_quantity,
        coalesce(replay_amount, 0) as replay_amount
    from counted
    left join books
        on counted.period = books.period and counted.sku = books.sku and counted.location is not distinct from books.location
),
cells as (
    select 'ledger' as system, 'replay' as other_system, period, ledger_quantity as quantity, ledger_amount as amount,
        replay_quantity as other_quantity, replay_amount as other_amount
    from books
    union all
    select system, 'ledger', period, quantity, amount, ledger_quantity, ledger_amount from beside_books
    union all
    select system, 'replay', period, quantity, amount, replay_quantity, replay_amount from beside_books
    union all
    select one.system, other.system, one.period, one.quantity, one.amount, other.quantity, other.amount
    from counted as one
    join counted as other
        on one.period = other.period and one.sku = other.sku and one.location is not distinct from other.location
        and one.system < other.system
),
counts as (
    select period, system, other_system, count(*) as cells,
        case when bool_or('ledger' in (system, other_system) and not is_told) then 'the ledger names no items, units or places'
            when bool_or(amount is null or other_amount is null) then 'no value for every place' end as lacking,
        count(*) filter (where quantity = other_quantity and amount = other_amount) as same_units_same_value,
        count(*) filter (where quantity = other_quantity and amount <> other_amount) as same_units_other_value,
        count(*) filter (where quantity <> other_quantity and amount = other_amount) as other_units_same_value,
        count(*) filter (where quantity <> other_quantity and amount <> other_amount) as other_units_other_value,
        coalesce(sum(abs(amount - other_amount)) filter (where quantity = other_quantity), 0) as amount
    from cells
    cross join (
        select has_units and (has_places or cost_scope = 'company') as is_told from ledger_grain cross join settings
    )
    where quantity <> 0 or other_quantity <> 0 or amount <> 0 or other_amount <> 0
    group by all
),
systems as (
    select 'ledger' as system, 1 as place
    union all
    select 'replay', 2
    union all
    select distinct system, 0 from stock_snapshots
),
pairs as (
    select one.system, other.system as other_system
    from systems as one
    join systems as other on (one.place, one.system) < (other.place, other.system)
)
select period, pairs.system, pairs.other_system, cells,
    case when lacking is null then same_units_same_value end as same_units_same_value,
    case when lacking is null then same_units_other_value end as same_units_other_value,
    case when lacking is null then other_units_same_value end as other_units_same_value,
    case when lacking is null then other_units_other_value end as other_units_other_value,
    case when lacking is null then same_units_other_value / cells end as valuation_only_share,
    case when lacking is null then money(amount) end as valuation_only_amount,
    case when cells is null then 'nothing to compare at the end of the period'
        else lacking end as reason
from periods
cross join pairs
left join counts using (period, system, other_system)
order by number, pairs.system, pairs.other_system

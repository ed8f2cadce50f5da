-- The stock counted, the stock that the history leaves and the stock in the ledger, place by place.
-- Grain: one row per period end, sku and location that the history or the ledger has stock of. Functional currency; a
-- difference is the first less the second. ``physical``: the newest count up to the period's end (a cycle count, or the
-- snapshot that ``counted_by`` names), rolled forward by what the history moved since, at the replayed unit cost; NULL with
-- a ``reason`` where there is none.
-- ``perpetual``: the history as replayed (the expected book); ``ledger``: as recorded, NULL with a ``reason`` where it names no
-- items or no units (``ledger_grain``). Under company scope, and where the ledger names no places, the places are one. What was
-- counted where neither of them has stock has its row, too.
with counts as (
    select coalesce(system, 'cycle count') as counted_by, taken_at, sku, location,
        sum(quantity - replayed_quantity) as difference,
        case when bool_and(pool is not null or quantity = replayed_quantity) then coalesce(sum(
            share_of_money(pool.amount, (quantity - replayed_quantity)::decimal(18, 4), pool.quantity)), 0) end as amount
    from counted_stock
    where location is not null
    group by system, taken_at, sku, location
    -- Two counts of one moment: the one by hand.
    qualify row_number() over (partition by sku, location, taken_at order by system is not null, system) = 1
),
period_ends as (
    select period, number, earlier_in_overlap(timezone(settings.timezone, (end_date + 1)::timestamp)) as ends_at
    from periods
    cross join settings
),
places as (
    select distinct sku, location from counts
),
newest as (
    select ends.period, places.sku, places.location, counts.counted_by, counts.taken_at, counts.difference, counts.amount
    from places
    cross join period_ends as ends
    asof join counts
        on places.sku = counts.sku and places.location = counts.location and ends.ends_at > counts.taken_at
),
physical as (
    select period, sku, case when has_places is not false then location end as location,
        string_agg(distinct counted_by, ', ' order by counted_by) as counted_by, min(taken_at) as counted_at,
        sum(difference) as difference, case when bool_and(amount is not null) then sum(amount) end as amount
    from newest
    cross join ledger_grain
    group by all
),
books as (
    select period, sku, case when has_places is not false then location end as location,
        coalesce(sum(quantity) filter (where book = 'expected'), 0) as perpetual_quantity,
        coalesce(sum(amount) filter (where book = 'expected'), 0) as perpetual_amount,
        coalesce(sum(quantity) filter (where book = 'recorded'), 0) as ledger_quantity,
        coalesce(sum(amount) filter (where book = 'recorded'), 0) as ledger_amount
    from inventory
    cross join ledger_grain
    where book in ('recorded', 'expected')
    group by all
    having perpetual_quantity <> 0 or perpetual_amount <> 0 or ledger_quantity <> 0 or ledger_amount <> 0
),
tied as (
    select coalesce(books.period, physical.period) as period, coalesce(books.sku, physical.sku) as item,
        coalesce(books.location, physical.location) as location, counted_by, counted_at,
        coalesce(perpetual_quantity, 0) as perpetual_quantity, coalesce(perpetual_amount, 0) as perpetual_amount,
        case when item is null or has_units is not false then coalesce(ledger_quantity, 0) end as ledger_quantity,
        case when item is null or has_items is not false then coalesce(ledger_amount, 0) end as ledger_amount,
        coalesce(perpetual_quantity, 0) + difference as physical_quantity,
        coalesce(perpetual_amount, 0) + physical.amount as physical_amount,
        nullif(concat_ws('; ',
            case when counted_at is null then 'not counted' when physical.amount is null then 'no unit cost is known' end,
            case when item is null or has_units is not false then null
                when has_items then 'the ledger names no units' else 'the ledger names no items' end), '') as reason
    from books
    full join physical
        on books.period = physical.period and books.sku = physical.sku and books.location is not distinct from physical.location
    cross join ledger_grain
    where books.period is not null or difference <> 0
)
select period, item as sku, location, counted_by, counted_at,
    physical_quantity::decimal(18, 4) as physical_quantity, perpetual_quantity::decimal(18, 4) as perpetual_quantity,
    ledger_quantity::decimal(18, 4) as ledger_quantity,
    money(physical_amount) as physical_amount, money(perpetual_amount) as perpetual_amount, money(ledger_amount) as ledger_amount,
    (physical_quantity - perpetual_quantity)::decimal(18, 4) as physical_less_perpetual_quantity,
    (perpetual_quantity - ledger_quantity)::decimal(18, 4) as perpetual_less_ledger_quantity,
    (physical_quantity - ledger_quantity)::decimal(18, 4) as physical_less_ledger_quantity,
    money(physical_amount - perpetual_amount) as physical_less_perpetual_amount,
    money(perpetual_amount - ledger_amount) as perpetual_less_ledger_amount,
    money(physical_amount - ledger_amount) as physical_less_ledger_amount,
    reason
from tied
join periods using (period)
order by number, item, location

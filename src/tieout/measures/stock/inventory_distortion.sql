-- Stock as recorded beside stock as it is, place by place: what is overstated and what is understated, and whether units or
-- their cost are wrong.
-- Grain: one row per period end, sku, location and its tax region where either book has stock. Functional currency; goods
-- in transit count. ``net`` = recorded − corrected = ``overstated`` − ``understated`` (both positive) = ``quantity_effect``
-- + ``cost_effect``.
-- ``quantity_effect``: the units that differ at the mean of both unit costs, rounded to the minor unit; ``cost_effect``: all
-- the rest. A book without units, or with units and value of opposite signs, has no unit cost, and what stock below zero
-- seems to cost tells little: then the other book's counts alone. NULL with a ``reason`` where the ledger books goods
-- without units.
-- ``net_min``: by corrections of evidence A and B alone; ``net_max``: with every ambiguous line, too.
with uncounted as (
    -- A true-up has no units either: a place is uncounted while none of its lines has any.
    select book_totals.sku, book_totals.location, min(number) as first_number,
        min(number) filter (where quantity is not null) as first_counted
    from book_totals
    join periods using (period)
    where book = 'recorded' and role in ('inventory', 'in_transit') and event_type in (select distinct type from stock_events)
    group by all
    having first_counted is distinct from first_number
),
doubtful as (
    select period, sku, location, -coalesce(sum(amount) filter (evidence = 'C'), 0) as indicated,
        -coalesce(sum(amount) filter (evidence = 'D'), 0) as ambiguous
    from corrections
    where role in ('inventory', 'in_transit') and evidence in ('C', 'D')
    group by all
),
doubts as (
    select periods.number, sku, location, sum(indicated) as indicated, sum(ambiguous) as ambiguous
    from doubtful
    join periods as since using (period)
    join periods on since.number <= periods.number
    group by all
),
stock as (
    select period, number, inventory.sku, inventory.location,
        coalesce(sum(quantity) filter (where book = 'recorded'), 0)::decimal(18, 4) as recorded_quantity,
        coalesce(sum(quantity) filter (where book = 'corrected'), 0)::decimal(18, 4) as corrected_quantity,
        money(coalesce(sum(amount) filter (where book = 'recorded'), 0)) as recorded_amount,
        money(coalesce(sum(amount) filter (where book = 'corrected'), 0)) as corrected_amount
    from inventory
    join periods using (period)
    where book in ('recorded', 'corrected')
    group by all
    having recorded_quantity <> 0 or corrected_quantity <> 0 or recorded_amount <> 0 or corrected_amount <> 0
),
effects as (
    -- The units that differ, at the unit cost of each book.
    select *, recorded_amount - corrected_amount as net,
        case when recorded_quantity <> 0 and sign(recorded_amount) <> -sign(recorded_quantity) then recorded_amount
            - try(share_of_money(abs(recorded_amount), corrected_quantity, abs(recorded_quantity))) end as at_recorded,
        case when corrected_quantity <> 0 and sign(corrected_amount) <> -sign(corrected_quantity) then
            try(share_of_money(abs(corrected_amount), recorded_quantity, abs(corrected_quantity))) - corrected_amount
            end as at_corrected
    from stock
),
split as (
    select effects.*,
        case when uncounted.sku is not null then 'the ledger books goods without units' end as reason,
        case when recorded_quantity = corrected_quantity then 0
            when recorded_quantity < 0 and corrected_quantity > 0 then coalesce(at_corrected, at_recorded, 0)
            when corrected_quantity < 0 and recorded_quantity > 0 then coalesce(at_recorded, at_corrected, 0)
            else money(0.5 * (coalesce(at_recorded, at_corrected, 0) + coalesce(at_corrected, at_recorded, 0))) end as by_quantity
    from effects
    left join uncounted
        on effects.sku is not distinct from uncounted.sku and effects.location is not distinct from uncounted.location
        and effects.number >= first_number and effects.number < coalesce(first_counted, effects.number + 1)
)
select
    period, split.sku, split.location, locations.tax_region, recorded_quantity, corrected_quantity,
    money(recorded_amount) as recorded_amount, money(corrected_amount) as corrected_amount,
    money(greatest(net, 0)) as overstated, money(greatest(-net, 0)) as understated, money(net) as net,
    case when reason is null then money(by_quantity) end as quantity_effect,
    case when reason is null then money(net - by_quantity) end as cost_effect,
    reason, money(net - coalesce(indicated, 0)) as net_min, money(net + coalesce(ambiguous, 0)) as net_max
from split
left join locations using (location)
left join doubts
    on split.number = doubts.number and split.sku is not distinct from doubts.sku
    and split.location is not distinct from doubts.location
order by split.number, split.sku, split.location

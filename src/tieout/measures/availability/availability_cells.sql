-- Every unit in exactly one cell, by what state it is in and how it is funded; each definition of available stock counts whole
-- cells.
-- Grain: one row per moment (``stock_moments``), sku, location and cell. Units, from the replayed stock events; below zero
-- where more left than ever came. Flags are NULL where the data cannot tell, with the ``reason``.
--   operations: here. finance: here, ours, in the ledger and paid. sales: here and promised to nobody.
--   available_to_sell: here, promised to nobody and fit for sale. books (GAAP): ours and in the ledger, paid or not, also on
--   the road.
-- State belongs to a unit, funding to a receipt; which unit came with which receipt nobody knows. Declared: the oldest units
-- leave first; of what is left, damaged units are the oldest, then those in quality control, returned, reserved, free, on the
-- road; what is paid of a receipt is its oldest part. Open orders take free units, of the item's fullest place first, beyond
-- those whose status is reserved.
with known as (
    select
        (select count(*) > 0 from linked_lines
            where role in ('inventory', 'in_transit') and coalesce(event_id, batch_id) is not null) as values_known,
        (select count(*) > 0 from vendor_payments) as payments_known
),
transit as (
    select location from locations where type = 'transit'
),
stock as (
    select taken_at, sku, location, owner,
        case when location in (from transit) or status = 'in_transit' then 'in transit'
            when status = 'quality_control' then 'quality control' else status end as state,
        sum(quantity) as units
    from moment_stock
    group by all
),
promises as (
    select promises.taken_at, promises.sku,
        promises.quantity - coalesce(sum(stock.units) filter (where state = 'reserved' and units > 0), 0) as units
    from moment_promises as promises
    left join stock using (taken_at, sku)
    group by promises.taken_at, promises.sku, promises.quantity
),
free as (
    select stock.*,
        greatest(least(stock.units, promises.units - (sum(stock.units) over fullest_first - stock.units)), 0) as promised
    from stock
    join promises using (taken_at, sku)
    where state = 'available' and stock.units > 0
    window fullest_first as (
        partition by taken_at, sku order by stock.units desc, location, owner desc
        rows between unbounded preceding and current row
    )
),
states as (
    select stock.* replace (stock.units - coalesce(free.promised, 0) as units)
    from stock
    left join free using (taken_at, sku, location, owner, state)
    union all
    select taken_at, sku, location, owner, 'reserved', promised from free where promised > 0
),
summed as (
    select taken_at, sku, location, owner, state, sum(units)::decimal(18, 4) as units
    from states
    group by all
    having sum(units) <> 0
),
placed as (
    -- Where each state of our own units lies between the oldest (0) and the newest unit of the place.
    select *, sum(units) over so_far - units as state_from, sum(units) over so_far as state_until
    from summed
    where owner = 'own' and units > 0
    window so_far as (
        partition by taken_at, sku, location
        order by array_position(['damaged', 'quality control', 'returned', 'reserved', 'available', 'in transit'], state)
        rows between unbounded preceding and current row
    )
),
inflows as (
    select sku, location, occurred_at, max(lot_until) as came from stock_lots group by all
),
places as (
    select totals.*, coalesce(inflows.came, 0) - units as gone
    from (select taken_at, sku, location, sum(units) as units from placed group by all) as totals
    asof left join inflows
        on totals.sku = inflows.sku and totals.location = inflows.location and totals.taken_at >= inflows.occurred_at
),
lots as (
    select places.taken_at, places.sku, places.location, lots.receipt_event_id, lots.quantity,
        lot_from - gone as lot_from, lot_until - gone as lot_until
    from places
    join stock_lots as lots
        on places.sku = lots.sku and places.location = lots.location and lots.occurred_at <= places.taken_at
        and lots.lot_until > places.gone
    union all
    -- More is here than ever came: of no receipt.
    select taken_at, sku, location, null, -gone, 0, -gone from places where gone < 0
),
funded as (
    select lots.* exclude (quantity), papers.billed_on,
        case when values_known then coalesce(papers.valued_on <= local_date(lots.taken_at), false) end as is_valued,
        case when papers.owed = 0 then lots.quantity
            when payments_known and papers.owed > 0 then share_of_quantity(
                lots.quantity,
                least(
                    papers.owed, coalesce(direct.paid, 0) + greatest(coalesce(of_order.paid, 0) - papers.owed_before, 0)
                ),
                papers.owed)
            when payments_known then 0 end as paid_units
    from lots
    cross join known
    left join receipt_papers as papers on lots.receipt_event_id = papers.event_id
    asof left join (from receipt_payments where event_id is not null) as direct
        on papers.event_id = direct.event_id and lots.taken_at >= direct.paid_at
    asof left join (from receipt_payments where event_id is null) as of_order
        on papers.po_id = of_order.po_id and lots.taken_at >= of_order.paid_at
),
fundings as (
    select taken_at, sku, location, lot_from as part_from, case when is_valued and paid_units is not null
            then lot_from + paid_units else lot_until end as part_until,
        case when is_valued is null then 'valuation unknown' when not is_valued then 'received, not valued'
            when paid_units is null then 'payment unknown' else 'paid' end as funding
    from funded
    union all
    select taken_at, sku, location, lot_from + paid_units, lot_until,
        case when billed_on <= local_date(taken_at) then 'billed, unpaid' else 'not billed, unpaid' end
    from funded
    where is_valued and paid_units is not null
),
own as (
    select placed.taken_at, placed.sku, placed.location, placed.state, fundings.funding,
        least(state_until, part_until) - greatest(state_from, part_from) as units
    from placed
    join fundings using (taken_at, sku, location)
    where least(state_until, part_until) > greatest(state_from, part_from)
),
cells as (
    select taken_at, sku, location, state, funding, units from own
    union all
    select taken_at, sku, location, state, case when owner = 'own' then 'below zero' else 'consigned in' end, units
    from summed
    where owner <> 'own' or units < 0
),
flagged as (
    select taken_at, sku, location, state, funding, sum(units)::decimal(18, 4) as units,
        state <> 'in transit' as counts_in_operations,
        counts_in_operations and case when funding = 'paid' then true
            when funding not in ('valuation unknown', 'payment unknown') then false end as counts_in_finance,
        counts_in_operations and state <> 'reserved' as counts_in_sales,
        state = 'available' as counts_in_available_to_sell,
        case when funding <> 'valuation unknown' then funding not in ('received, not valued', 'consigned in') end
            as counts_in_books
    from cells
    group by all
)
select
    flagged.taken_at, flagged.sku, flagged.location,
    case when state = 'available' and funding = 'paid' then 'clean'
        when state = 'available' then funding
        when state = 'in transit' and funding <> 'consigned in' then 'owned in transit, ' || funding
        when funding = 'paid' then state
        else state || ', ' || funding end as cell,
    units, counts_in_operations, counts_in_finance, counts_in_sales, counts_in_available_to_sell, counts_in_books, state, funding,
    period, is_period_end,
    case funding when 'valuation unknown' then 'no ledger entry of stock belongs to an event'
        when 'payment unknown' then 'no payments to suppliers are given' end as reason
from flagged
join stock_moments using (taken_at, sku)
order by taken_at, sku, location, cell

-- How goods came to a place: the lots that what is there now is taken to consist of, the oldest having left first.
-- Grain: one row per inflow of our own goods to a sku and location, and receipt that it goes back to. Units. ``lot_from`` and
-- ``lot_until``: its part of all that ever came there, in order of time; ``receipt_event_id``: its own event; of a transfer,
-- the receipts that its layers came from; of what no layer tells (returns, goods found, an average pool), the last receipt of
-- the item before it.
with inflows as (
    select moves.event_id, moves.sku, moves.location, any_value(moves.occurred_at) as occurred_at,
        sum(moves.quantity)::decimal(18, 4) as quantity
    from stock_moves as moves
    where moves.owner = 'own'
    group by moves.event_id, moves.sku, moves.location
    having sum(moves.quantity) > 0
),
receipts as (
    select moves.event_id, moves.sku, moves.location, moves.occurred_at
    from stock_moves as moves
    join receipt_papers using (event_id)
    where moves.quantity > 0
),
brought as (
    select issues.event_id, issues.sku, issues.receipt_event_id, sum(issues.quantity) as quantity,
        min(receipts.occurred_at) as came_at
    from layer_issues as issues
    join stock_rows as rows on issues.event_id = rows.event_id and rows.type = 'transfer'
    join receipts on issues.receipt_event_id = receipts.event_id and issues.sku = receipts.sku
    group by all
),
parts as (
    -- A transfer's layers, as far as they make up what came; the rest of it is a part of its own.
    select inflows.*, brought.receipt_event_id, brought.came_at,
        greatest(least(brought.quantity, inflows.quantity - (sum(brought.quantity) over so_far - brought.quantity)), 0) as part
    from inflows
    join brought on inflows.event_id = brought.event_id and inflows.sku = brought.sku
    window so_far as (
        partition by inflows.event_id, inflows.sku, inflows.location order by came_at, receipt_event_id
        rows between unbounded preceding and current row
    )
),
rests as (
    select inflows.*, coalesce(sum(parts.part), 0) as known
    from inflows
    left join parts using (event_id, sku, location)
    group by all
),
lots as (
    select event_id, sku, location, occurred_at, receipt_event_id, came_at, part from parts where part > 0
    union all
    select rests.event_id, rests.sku, rests.location, rests.occurred_at, coalesce(own.event_id, earlier.event_id),
        rests.occurred_at, rests.quantity - rests.known
    from rests
    left join receipts as own on rests.event_id = own.event_id and rests.sku = own.sku and rests.location = own.location
    asof left join (select sku, occurred_at, max(event_id) as event_id from receipts group by all) as earlier
        on rests.sku = earlier.sku and rests.occurred_at >= earlier.occurred_at
    where rests.quantity > rests.known
)
select event_id, sku, location, occurred_at, receipt_event_id, part::decimal(18, 4) as quantity,
    (sum(part) over so_far - part)::decimal(18, 4) as lot_from, (sum(part) over so_far)::decimal(18, 4) as lot_until
from lots
window so_far as (
    partition by sku, location order by occurred_at, event_id, came_at, receipt_event_id
    rows between unbounded preceding and current row
)

-- What was odd about the stock events when they were replayed.
-- Grain: one row per oddity and leg. The bits of ``status`` are those of costing/events.py.
with flags (bit, finding, severity, message) as (
    values
        (1, 'negative_on_hand', 'warning', 'left beyond the stock on hand, at the last known cost'),
        (2, 'no_cost', 'error', 'has no cost of its own and none is known: valued at zero'),
        (4, 'cost_assumed', 'warning', 'came in without a cost: took the cost of the stock there'),
        (8, 'return_without_source', 'warning', 'came back without a shipment to take it back from: at current cost'),
        (16, 'return_exceeds_source', 'warning', 'took back more than the shipment sent: the excess at current cost'),
        (32, 'overflow_refused', 'error', 'is beyond the bounds of exact arithmetic and was left out'),
        (64, 'true_up_unplaced', 'warning', 'corrected the cost of goods that had already left: the rest is a variance'),
        (128, 'specific_not_found', 'warning', 'took goods that it does not name, or of a receipt that had none left')
),
oddities as (
    select flags.finding, flags.severity, event_id as id,
        'stock event ' || event_id || ' (' || type || ' of ' || sku || ') ' || flags.message as message,
        quantity, amount
    from valued_legs
    join flags on (valued_legs.status & flags.bit) <> 0
    union all
    select 'missing_rate', 'error', event_id,
        'stock event ' || event_id || ' has a unit cost in a currency without an exchange rate', quantity, null
    from stock_rows
    where rate_missing
    union all
    select 'cost_not_used', 'error', costs.cost_id,
        'cost document ' || costs.cost_id || ' (' || costs.type || ') has no receipt, no rate, or a type not valued yet',
        costs.quantity, costs.amount
    from costs
    cross join as_of
    left join cost_documents using (cost_id)
    where cost_documents.cost_id is null and costs.voided_at is null and costs.effective_at <= as_of.moment
    union all
    select 'not_valued', 'error', event_id,
        'stock event ' || event_id || ' (' || type || ') is of a type that this version does not value', quantity, null
    from stock_rows
    where type in ('assembly_in', 'assembly_out')
    union all
    select 'no_cost', 'error', event_id, 'dropship shipment ' || event_id || ' has no unit cost: nothing is owed for it',
        quantity, null
    from stock_rows
    where owner = 'dropship' and type = 'shipment' and unit_cost is null
    union all
    select 'unknown_item', 'info', event_id, 'stock event ' || event_id || ' names sku ' || sku || ', not in items',
        quantity, null
    from stock_rows
    where sku not in (select sku from items)
)
select finding, severity, 'stock_events' as "table", id, message, quantity, amount
from oddities
order by finding, id

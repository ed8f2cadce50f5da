-- What was odd about the stock events when they were replayed.
-- Grain: one row per oddity and leg. The bits of ``status`` are those of costing/events.py.
with recursive kits_within as (
    select kit_sku, component_sku from kit_components
    union
    select outer_kits.kit_sku, kit_components.component_sku
    from kits_within as outer_kits
    join kit_components on outer_kits.component_sku = kit_components.kit_sku
),
flags (bit, finding, severity, message) as (
    values
        (1, 'negative_on_hand', 'warning', 'left beyond the stock on hand, at the last known cost'),
        (2, 'no_cost', 'error', 'has no cost of its own and none is known: valued at zero'),
        (4, 'cost_assumed', 'warning', 'came in without a cost: took the cost of the stock there'),
        (8, 'return_without_source', 'warning', 'came back without a shipment to take it back from: at current cost'),
        (16, 'return_exceeds_source', 'warning', 'took back more than the shipment sent: the excess at current cost'),
        (32, 'overflow_refused', 'error', 'is beyond the bounds of exact arithmetic and was left out'),
        (64, 'true_up_unplaced', 'warning', 'corrected the cost of goods that had already left: the rest is a variance'),
        (128, 'specific_not_found', 'warning', 'took goods that it does not name, or of a receipt that had none left'),
        (256, 'no_standard', 'error', 'has no standard cost: its stock keeps its own cost'),
        (1024, 'revalued_in_part', 'warning', 'takes off more than the stock was worth: it stands at zero')
),
kits as (
    select distinct rows.event_id, rows.sku, rows.quantity
    from stock_rows as rows
    join items on rows.sku = items.sku and items.kit_type = 'virtual'
    where rows.owner = 'own'
),
oddities as (
    select flags.finding, flags.severity, event_id as id,
        case when after > 0 then 'cost document ' else 'stock event ' end || event_id
            || ' (' || type || ' of ' || sku || coalesce(' at ' || coalesce(from_location, to_location), '') || ') '
            || flags.message as message,
        quantity, amount
    from valued_legs
    join flags on (valued_legs.status & flags.bit) <> 0
    union all
    select 'revalued_nothing', 'warning', event_id,
        'cost document ' || event_id || ' (' || any_value(type) || ' of ' || any_value(sku)
            || ') finds no stock above zero: nothing is posted', null, null
    from valued_legs
    where operation = 'revalue'
    group by event_id
    having bool_and((status & 512) <> 0)
    union all
    select 'missing_rate', 'error', event_id,
        'stock event ' || event_id || ' has a unit cost in a currency without an exchange rate', quantity, null
    from stock_rows
    where rate_missing
    union all
    select 'cost_not_used', 'error', costs.cost_id,
        'cost document ' || costs.cost_id || ' (' || costs.type
            || ') is not used: no receipt, transfer or stock that it belongs to, no exchange rate, no unit cost, or a later one'
            || ' of the same moment',
        costs.quantity, costs.amount
    from costs
    cross join as_of
    where costs.cost_id not in (select cost_id from cost_documents)
        and costs.cost_id not in (select event_id from valued_legs where operation = 'revalue')
        and costs.cost_id not in (select cost_id from standards where cost_id is not null)
        and costs.voided_at is null and costs.effective_at <= as_of.moment
    union all
    select 'assembly_incomplete', 'error', event_id,
        'stock event ' || event_id || ' (' || type || ') has no counterpart with its document: booked as an adjustment',
        quantity, amount
    from valued_legs
    where type in ('assembly_in', 'assembly_out') and assembly is null
    union all
    select 'kit_without_components', 'error', event_id,
        'stock event ' || event_id || ' names the virtual kit ' || sku || ', which has no components then: it moves as it is',
        quantity, null
    from kits
    where event_id not in (select event_id from kit_parts)
    union all
    select 'kit_contains_itself', 'error', kit_sku,
        'kit ' || kit_sku || ' is a component of itself: there it was left out', null, null
    from kits_within
    where kit_sku = component_sku and kit_sku in (select sku from kits)
    union all
    select 'no_cost', 'error', event_id, 'dropship shipment ' || event_id || ' has no unit cost: nothing is owed for it',
        quantity, null
    from stock_rows
    where owner = 'dropship' and type = 'shipment' and unit_cost is null
    union all
    select 'not_booked', 'warning', event_id,
        'stock event ' || event_id || ' (' || type || ') is of goods that a supplier ships: only their shipments are booked',
        quantity, null
    from stock_rows
    where owner = 'dropship' and type <> 'shipment'
    union all
    select 'unknown_source', 'warning', event_id,
        'stock event ' || event_id || ' (' || rows.type || ') names ' || events.source_event_id || ', which is not there',
        rows.quantity, null
    from stock_rows as rows
    join stock_events as events using (event_id)
    where events.source_event_id is not null and events.source_event_id not in (select event_id from stock_events)
    union all
    select 'quantity_lost', 'error', event_id,
        'stock event ' || event_id || ' (' || rows.type || ' of ' || rows.sku
            || ') comes to less than 0.0001 of a component, or to more than can be counted',
        rows.quantity, null
    from stock_rows as rows
    where rows.owner = 'own' and event_id in (select event_id from opened_goods where moved_quantity <= 0)
    union all
    select 'unknown_override', 'warning', coalesce(sku, category, channel),
        'policy.override ' || number || ' names ' || coalesce(sku, category, channel) || ', which nothing is', null, null
    from policy_overrides
    where sku is not null and sku not in (select sku from cost_methods)
        or category is not null and category not in (select category from items where category is not null)
        or channel is not null and channel not in (select channel from order_lines)
    union all
    select 'missing_rate', 'error', items.sku,
        'item ' || items.sku || ' has a standard cost in ' || items.currency || ', without an exchange rate', null, null
    from items
    where standard_cost is not null and currency is not null and currency not in (select currency from rates)
    union all
    select 'revalued_nothing', 'warning', standards.cost_id,
        'cost document ' || standards.cost_id || ' (standard_cost of ' || standards.sku || ') finds no stock: nothing is posted',
        null, null
    from standards
    join cost_methods as methods on standards.sku = methods.sku and methods.method = 'standard'
        and standards.valid_from >= methods.valid_from and standards.valid_from < methods.valid_until
    where standards.cost_id is not null and standards.void_of is null
        and standards.cost_id not in (select event_id from valued_legs where operation = 'revalue')
    union all
    select 'unknown_item', 'info', event_id, 'stock event ' || event_id || ' names sku ' || sku || ', not in items',
        quantity, null
    from stock_rows
    where sku not in (select sku from items)
)
select finding, severity,
    case when finding in ('unknown_override') then 'policy' when finding in ('cost_not_used', 'revalued_nothing') then 'costs'
        when finding = 'kit_contains_itself' then 'kit_components' else 'stock_events' end as "table", id, message, quantity,
            amount
from oddities
order by finding, id

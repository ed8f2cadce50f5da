-- Which events a ledger line may belong to where it names none by key, on the highest rung that finds any: L1 the order
-- (shipments of it); L2 a document number; L3 a declared batch. A line with a sku keeps the events of that sku, if any.
-- Grain: one row per line and candidate event.
with unnamed as (
    from recorded
    anti join event_keys on recorded.external_id = event_keys.event_id
    anti join accepted_entries on recorded.journal_id = accepted_entries.journal_id
    where is_compared
),
by_order as (
    select lines.journal_id, lines.line_no, lines.sku, lines.half, keys.event_id, keys.sku as event_sku, 1 as preference,
        'L1' as rung, lines.external_id as batch_id
    from unnamed as lines
    join event_keys as keys on lines.external_id = keys.order_id and keys.event_type = 'shipment'
),
by_document as (
    select lines.journal_id, lines.line_no, lines.sku, lines.half, keys.event_id, keys.sku as event_sku, 2 as preference,
        'L2' as rung, lines.document as batch_id
    from unnamed as lines
    join event_keys as keys on lines.document = keys.document
),
by_batch as (
    select lines.journal_id, lines.line_no, lines.sku, lines.half, keys.event_id, keys.sku as event_sku, 3 as preference,
        'L3' as rung, lines.batch_id
    from unnamed as lines
    join batch_members as members using (batch_id)
    join event_keys as keys on members.external_id = keys.event_id
),
found as (
    from by_order
    union all from by_document
    union all from by_batch
)
select journal_id, line_no, half, event_id, rung, batch_id
from found
window line as (partition by journal_id, line_no),
    line_on_rung as (partition by journal_id, line_no, preference)
qualify preference = min(preference) over line
    and (sku is null or event_sku = sku or not bool_or(event_sku = sku) over line_on_rung)

-- Which events a ledger line may belong to, on the highest rung that finds any: L1 the event's own key, or the order's
-- (shipments of it); L2 a document number; L3 a declared batch. A line with a sku keeps the events of that sku, if any.
-- Grain: one row per line and candidate event.
with accepted as (
    select lines.journal_id, lines.line_no, lines.sku, lines.half, lines.journal_id as event_id, lines.sku as event_sku,
        0 as preference, 'L1' as rung, null as batch_id
    from compared_lines as lines
    semi join accepted_entries using (journal_id)
),
named as (
    select lines.journal_id, lines.line_no, lines.sku, lines.half, keys.event_id, keys.sku as event_sku, 1 as preference,
        'L1' as rung, null as batch_id
    from compared_lines as lines
    join event_keys as keys on lines.external_id = keys.event_id
    anti join accepted using (journal_id)
),
unnamed as (
    from compared_lines
    anti join accepted using (journal_id)
    anti join named using (journal_id, line_no)
),
by_order as (
    select lines.journal_id, lines.line_no, lines.sku, lines.half, keys.event_id, keys.sku as event_sku, 2 as preference,
        'L1' as rung, lines.external_id as batch_id
    from unnamed as lines
    join event_keys as keys on lines.external_id = keys.order_id and keys.event_type = 'shipment'
),
by_document as (
    select lines.journal_id, lines.line_no, lines.sku, lines.half, keys.event_id, keys.sku as event_sku, 3 as preference,
        'L2' as rung, lines.document as batch_id
    from unnamed as lines
    join event_keys as keys on lines.document = keys.document
),
by_batch as (
    select lines.journal_id, lines.line_no, lines.sku, lines.half, keys.event_id, keys.sku as event_sku, 4 as preference,
        'L3' as rung, lines.batch_id
    from unnamed as lines
    join batch_members as members using (batch_id)
    join event_keys as keys on members.external_id = keys.event_id
),
found as (
    from accepted
    union all from named
    union all from by_order
    union all from by_document
    union all from by_batch
)
select journal_id, line_no, half, event_id, rung, batch_id
from found
window line as (partition by journal_id, line_no),
    line_on_rung as (partition by journal_id, line_no, preference)
qualify preference = min(preference) over line
    and (sku is null or event_sku = sku or not bool_or(event_sku = sku) over line_on_rung)

-- Which events a ledger line may belong to where it names none by key, on the highest rung that finds any: L1 the order
-- (shipments of it) or several keys or orders at once (merged orders: ``O1+O2``); L2 a document number, or the one key that a
-- memo cites, of an event without an entry; L3 a declared batch. A line with a sku keeps the events of that sku, if any; what
-- names an order for an item that was cancelled before it left belongs to no shipment of the order's other items.
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
    anti join cancelled_items as cancelled on lines.external_id = cancelled.order_id and lines.sku = cancelled.sku
),
merged as (
    select external_id, unnest(parts) as part, len(parts) as parts
    from (
        select distinct external_id, list_distinct(regexp_split_to_array(external_id, '[+,;|&/ ]+')) as parts
        from unnamed
        where regexp_matches(external_id, '[+,;|&/ ]') and external_id not in (select batch_id from by_order)
    )
),
merged_keys as (
    -- Only where every part is a key or an order.
    select merged.external_id, merged.part, merged.parts, keys.event_id, keys.sku
    from merged
    join event_keys as keys
        on merged.part = keys.event_id or merged.part = keys.order_id and keys.event_type = 'shipment'
    qualify (count(distinct part) over (partition by external_id)) = parts
),
by_merged_orders as (
    select lines.journal_id, lines.line_no, lines.sku, lines.half, keys.event_id, keys.sku as event_sku, 1 as preference,
        'L1' as rung, lines.external_id as batch_id
    from unnamed as lines
    join merged_keys as keys using (external_id)
),
by_document as (
    select lines.journal_id, lines.line_no, lines.sku, lines.half, keys.event_id, keys.sku as event_sku, 2 as preference,
        'L2' as rung, lines.document as batch_id
    from unnamed as lines
    join event_keys as keys on lines.document = keys.document
    anti join cancelled_items as cancelled on lines.document = cancelled.order_id and lines.sku = cancelled.sku
),
cited as (
    select journal_id, min(keys.event_id) as event_id
    from (
        select distinct journal_id, unnest(regexp_extract_all(memo, '[[:alnum:]][[:alnum:]_:#.-]*[[:alnum:]]')) as word
        from gl_lines
        where memo is not null and journal_id in (select journal_id from unnamed where external_id is null)
    ) as words
    join event_keys as keys on words.word = keys.event_id
    group by journal_id
    having count(distinct keys.event_id) = 1
),
by_memo as (
    select lines.journal_id, lines.line_no, lines.sku, lines.half, keys.event_id, keys.sku as event_sku, 2 as preference,
        'L2' as rung, lines.journal_id as batch_id
    from unnamed as lines
    join cited using (journal_id)
    join event_keys as keys on cited.event_id = keys.event_id
    anti join recorded as others on keys.event_id = others.external_id and lines.half = others.half
    where lines.external_id is null
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
    union all from by_merged_orders
    union all from by_document
    union all from by_memo
    union all from by_batch
)
select journal_id, line_no, half, event_id, rung, batch_id
from found
window line as (partition by journal_id, line_no),
    line_on_rung as (partition by journal_id, line_no, preference)
qualify preference = min(preference) over line
    and (sku is null or event_sku = sku or not bool_or(event_sku = sku) over line_on_rung)

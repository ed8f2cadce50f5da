-- Which events a ledger line may belong to where it names none by key, on the highest rung that finds any: L1 the order, or
-- several keys or orders at once (merged orders: ``O1+O2``); L2 a document or order number, or the one key that a memo cites,
-- of an event without an entry; L3 a declared batch. A line with a sku keeps the events of that sku, if any; what names an
-- order for an item that was cancelled before it left belongs to nothing of the order's other items.
-- An order or document has sales, returns, refunds and fees: an entry keeps those whose amounts it has, else those that move most
-- of its accounts the same way, or at all, else the sales; all of them move clearing. Entries that equal the same events take
-- them in turn; one too many is a copy of the last.
-- Of a batch that is derived (derived_members.sql), the first line stands for all: it has every member, each other line the
-- first.
-- Grain: one row per line and candidate event.
with unnamed as (
    from recorded
    anti join event_keys on recorded.external_id = event_keys.event_id
    anti join accepted_entries on recorded.journal_id = accepted_entries.journal_id
    anti join derived_lines using (journal_id, line_no)
    where is_compared and journal_id not in (select journal_id from posted_lines)
),
by_order as (
    select lines.journal_id, lines.line_no, lines.sku, lines.half, keys.event_id, keys.sku as event_sku, 1 as preference,
        'L1' as rung, lines.external_id as batch_id
    from unnamed as lines
    join event_numbers as keys on lines.external_id = keys.number and keys.kind = 'order'
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
    select distinct merged.external_id, merged.part, merged.parts, keys.event_id, keys.sku
    from merged
    join event_numbers as keys
        on merged.part = keys.number and (keys.kind = 'key' or keys.kind = 'order' and keys.event_type = 'shipment')
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
    join event_numbers as keys on lines.document = keys.number and keys.kind <> 'key'
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
opened as (
    -- What the first trial balance opens with is all opening stock at once.
    select lines.journal_id, lines.line_no, lines.sku, lines.half, keys.event_id, keys.sku as event_sku, 3 as preference,
        'L3' as rung, lines.journal_id as batch_id
    from unnamed as lines
    join event_keys as keys on lines.journal_id = 'opening balance' and keys.event_type = 'opening'
),
found as (
    from by_order
    union all from by_merged_orders
    union all from by_document
    union all from by_memo
    union all from by_batch
    union all from opened
),
kept as (
    from found
    window line as (partition by journal_id, line_no),
        line_on_rung as (partition by journal_id, line_no, preference)
    qualify preference = min(preference) over line
        and (sku is null or event_sku = sku or event_sku is null and rung <> 'L3'
            or not bool_or(event_sku = sku) over line_on_rung)
),
entry_roles as (
    select journal_id, half, role, sum(amount) as amount from unnamed where role <> 'other' group by all having sum(amount) <> 0
),
event_roles as (
    select event_id, roles.half, role, sum(amount) as amount, count(*) over (partition by event_id, roles.half) as roles
    from expected
    join roles using (role)
    where role <> 'other' and event_id in (select event_id from kept where rung <> 'L3')
    group by event_id, roles.half, role
    having sum(amount) <> 0
),
pairs as (
    select distinct journal_id, half, event_id from kept where rung <> 'L3'
),
likeness as (
    select pairs.journal_id, pairs.half, pairs.event_id,
        bool_and(coalesce(entry_roles.amount = event_roles.amount, false)) and count(*) = min(event_roles.roles) as is_equal,
        count(*) filter (role <> 'clearing' and sign(entry_roles.amount) = sign(event_roles.amount)) as same_sides,
        count(*) filter (role <> 'clearing' and event_roles.amount is not null) as same_roles
    from pairs
    join entry_roles using (journal_id, half)
    left join event_roles using (event_id, half, role)
    group by all
),
ranked as (
    select kept.*, coalesce(is_equal, false) as is_equal
    from kept
    join event_keys as keys using (event_id)
    left join likeness using (journal_id, half, event_id)
    where kept.rung <> 'L3'
    qualify 1 = rank() over (
        partition by journal_id, line_no
        order by is_equal is true desc, same_sides desc nulls last, same_roles desc nulls last, keys.event_type = 'shipment' desc
    )
),
turns as (
    select journal_id, half,
        events[least(row_number() over (partition by half, events order by journal_id), len(events))] as event_id
    from (
        select journal_id, half, list(distinct event_id order by event_id) as events
        from ranked
        where is_equal
        group by all
    )
)
select journal_id, line_no, half, event_id, rung, batch_id from kept where rung = 'L3'
union all
select journal_id, line_no, half, ranked.event_id, rung, batch_id
from ranked
left join turns using (journal_id, half)
where not is_equal or ranked.event_id = turns.event_id
union all
select journal_id, line_no, half, event_id, 'L3', batch_id
from derived_lines as lines
join (
    select *, row_number() over (partition by batch_id, half order by event_id) as place from derived_members
) as members using (batch_id, half)
where lines.place = 1 or members.place = 1

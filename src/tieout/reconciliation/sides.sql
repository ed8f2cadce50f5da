-- Both books, line by line, under the unit in which they are compared: an event, a batch, or an entry without an event.
-- Grain: one row per expected line and per compared ledger line. ``unit_kind``: event, batch or orphan.
with expected_side as (
    select
        'expected' as side,
        coalesce(batches.batch_id, expected.event_id) as unit_id,
        case when batches.batch_id is null then 'event' else 'batch' end as unit_kind,
        roles.half, expected.event_id, null as journal_id, expected.role, expected.sku, expected.location, expected.channel,
        expected.period, expected.date, expected.quantity, expected.amount
    from expected
    join roles using (role)
    left join batches on expected.event_id = batches.event_id and roles.half = batches.half
),
recorded_side as (
    select
        'recorded' as side,
        coalesce(lines.batch_id, batches.batch_id, lines.event_id, lines.external_id, lines.journal_id) as unit_id,
        case when coalesce(lines.batch_id, batches.batch_id) is not null then 'batch'
            when lines.event_id is not null then 'event' else 'orphan' end as unit_kind,
        lines.half, lines.event_id, lines.journal_id, lines.role, lines.sku, lines.location, lines.channel,
        lines.period, lines.date, lines.quantity, lines.amount
    from linked_lines as lines
    left join batches on lines.event_id = batches.event_id and lines.half = batches.half
)
from expected_side
union all
from recorded_side

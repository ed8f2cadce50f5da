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
        coalesce(links.batch_id, batches.batch_id, links.event_id, lines.external_id, lines.journal_id) as unit_id,
        case when coalesce(links.batch_id, batches.batch_id) is not null then 'batch'
            when links.event_id is not null then 'event' else 'orphan' end as unit_kind,
        lines.half, links.event_id, lines.journal_id, lines.role, lines.sku, lines.location, lines.channel,
        lines.period, lines.date, lines.quantity, lines.amount
    from compared_lines as lines
    left join links using (journal_id, line_no)
    left join batches on links.event_id = batches.event_id and lines.half = batches.half
)
from expected_side
union all
from recorded_side

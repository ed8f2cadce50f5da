-- The lines of the entries whose members are derived.
-- Grain: one row per line. ``place``: its place in the batch.
select lines.journal_id, lines.line_no, lines.half, batches.batch_id,
    row_number() over (partition by batches.batch_id, lines.half order by lines.journal_id, lines.line_no) as place
from recorded as lines
join derived_batches as batches on lines.journal_id = batches.journal_id and lines.half = batches.half
semi join derived_members as members on batches.batch_id = members.batch_id and lines.half = members.half

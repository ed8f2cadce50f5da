-- The events whose half of an entry is summed into a batch, since an entry covers several of them at once.
-- Grain: one row per event and half; an event that several batches claim goes to the first by name.
select candidates.event_id, candidates.half, min(linked_lines.batch_id) as batch_id
from linked_lines
join candidates using (journal_id, line_no)
where linked_lines.batch_id is not null and candidates.event_id is not null
group by candidates.event_id, candidates.half
union all
select event_id, half, batch_id from derived_members where batch_id not in (select batch_id from derived_lines)

-- Which event, or batch of events, each ledger line belongs to.
-- Grain: one row per compared ledger line that belongs to one; shares of a line add up to one.
select journal_id, line_no, case when batch_id is null then event_id end as event_id, batch_id, rung, evidence,
    1::decimal(9, 6) as share
from linked_lines
where rung is not null

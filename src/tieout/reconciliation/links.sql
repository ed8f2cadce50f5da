-- Which event, or batch of events, each ledger line belongs to.
-- Grain: one row per compared ledger line and event (or batch); a line without an event has none. Shares add up to one.
-- Evidence: A the entry names the event; B it names its order or document and only one event fits; C a batch.
with counted as (
    select *, count(*) over (partition by journal_id, line_no) as events from candidates
),
linked as (
    select journal_id, line_no, half,
        case when events = 1 then event_id end as event_id,
        case when events > 1 then batch_id end as batch_id,
        rung, case when events > 1 then 'C' when batch_id is null then 'A' else 'B' end as evidence
    from counted
)
select distinct journal_id, line_no, event_id, batch_id, rung, evidence, 1.0::decimal(9, 6) as share, half
from linked
order by journal_id, line_no

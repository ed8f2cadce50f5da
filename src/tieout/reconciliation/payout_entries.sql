-- What is booked of the settlements of channels whose sales nothing else tells, line by line.
-- Grain: one row per ledger line of a settlement's batch. ``order_id``: the order that it names, if any; ``is_main``: of the
-- entry that books most of the settlement; ``is_carried``: on clearing or cash.
with lines as (
    select coalesce(lines.batch_id, batches.batch_id) as settlement_id, lines.*
        exclude (batch_id, event_id, rung, evidence, document, source, is_manual, reverses_journal_id)
    from linked_lines as lines
    left join batches on lines.event_id = batches.event_id and lines.half = batches.half
    where lines.half = 'money'
)
select settlement_id, journal_id, line_no, account, role, period, date, nullif(external_id, settlement_id) as order_id,
    role in ('clearing', 'cash') as is_carried,
    journal_id = arg_max(journal_id, (lines_of_entry, journal_id)) over (partition by settlement_id) as is_main, amount
from (
    select lines.*, count(*) over (partition by settlement_id, journal_id) as lines_of_entry
    from lines
    join settlements using (settlement_id)
    semi join settled_channels on settlements.channel = settled_channels.channel
)

-- The ledger lines that are compared, each with the event, or batch of events, that it belongs to, if any.
-- Grain: one row per ledger line of a journal that touches a role in scope.
-- Evidence: A the entry names the event; B it names its order or document and only one event fits, or names nothing and is like
-- one event only (alike.sql); C a batch, whether its members are declared or derived.
with few as (
    select
        journal_id, line_no, min(rung) as rung,
        case when count(*) = 1 then min(event_id) end as event_id,
        case when count(*) > 1 then min(batch_id) end as batch_id
    from candidates
    group by journal_id, line_no
),
keyed as (
    -- A payout's entry that books its sales is theirs, though it names the payout.
    select lines.*, accepted.journal_id is not null as is_accepted, derived.batch_id as derived_batch_id,
        case when derived.batch_id is null then coalesce(accepted.journal_id, keys.event_id) end as key
    from recorded as lines
    left join derived_lines as derived using (journal_id, line_no)
    left join event_keys as keys on lines.external_id = keys.event_id
    left join accepted_entries as accepted on lines.journal_id = accepted.journal_id
    where is_compared and lines.journal_id not in (select journal_id from posted_lines)
)
select
    keyed.* exclude (key, is_accepted, batch_id, derived_batch_id, is_compared),
    coalesce(keyed.key, few.event_id, alike.event_id) as event_id,
    coalesce(derived_batch_id, few.batch_id) as batch_id,
    case when keyed.key is not null then 'L1' when derived_batch_id is not null then 'L3'
        when alike.event_id is not null then 'L4' else few.rung end as rung,
    case when keyed.key is not null then 'A' when coalesce(few.event_id, alike.event_id) is not null then 'B'
        when coalesce(derived_batch_id, few.batch_id) is not null then 'C' end as evidence
from keyed
left join few
    on keyed.key is null and derived_batch_id is null and keyed.journal_id = few.journal_id and keyed.line_no = few.line_no
left join alike on alike.is_unique and keyed.key is null and keyed.journal_id = alike.journal_id and keyed.half = alike.half

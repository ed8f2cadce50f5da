-- Ledger lines that carry the ids of corrections: proposals of an earlier run that were booked. They stand beside the walk,
-- not in it.
-- Grain: one row per line and id, of journals all of whose lines in scope carry ids and none a key of ours. Ids come in
-- ``external_id``, or in the memo where the ledger has no place for them.
with lines as (
    select recorded.*,
        regexp_extract_all(lower(coalesce(recorded.external_id, gl_lines.memo, '')), '\b[0-9a-f]{32}\b') as ids
    from recorded
    left join gl_lines using (journal_id, line_no)
    anti join accepted_entries using (journal_id)
    where is_compared
),
journals as (
    -- What was taken back, and what takes it back, is a pair like any other.
    select journal_id
    from lines
    group by journal_id
    having bool_and(len(ids) > 0) and count(reverses_journal_id) = 0
        and journal_id not in (select reverses_journal_id from recorded where reverses_journal_id is not null)
),
identified as (
    select lines.* exclude (ids), unnest(list_distinct(ids)) as correction_id
    from lines
    semi join journals using (journal_id)
)
select *
from identified
where journal_id not in (
    select journal_id
    from identified
    join event_numbers as keys on correction_id = lower(keys.number)
)

-- The correction journal: every line of the difference, with its cause. Recorded + corrections = expected.
-- Grain: one row per line. Functional currency, Dr + / Cr −, expected − recorded. A correction that is booked keeps its line
-- and its id (``posted``, ``posted_in``); the entry that booked it is taken out again in its own period (step ``posted``), so
-- that each period is right. What an entry with ids of corrections books beyond them is a copy, or belongs to a finding that
-- is no more (step ``unfounded``).
-- ``case_id`` names all lines of a cause and event by their content: what was decided about them holds as long as they stay
-- what they are.
with found as (
    select explained.*, postings.journal_id is not null as is_posted, postings.period as posted_in
    from explained
    left join postings using (correction_id)
),
posted as (
    select found.* replace (
            md5(concat_ws(chr(31), 'posted', correction_id)) as correction_id, postings.journal_id as journal_id,
            postings.role as role, postings.sku as sku, postings.location as location, postings.channel as channel,
            postings.period as period, postings.date as date, -postings.quantity as quantity, -postings.amount as amount,
            recorded.account as account, 'posted' as step, 'entry' as unit_kind, []::varchar[] as candidates)
    from postings
    join found using (correction_id)
    join recorded on postings.journal_id = recorded.journal_id and postings.line_no = recorded.line_no
),
booked as (
    select journal_id, line_no, sum(quantity) as quantity, sum(amount) as amount from postings group by all
),
rest as (
    select recorded.* replace (recorded.quantity - coalesce(booked.quantity, 0) as quantity),
        recorded.amount - coalesce(booked.amount, 0) as left_over
    from recorded
    semi join posted_lines using (journal_id)
    left join booked using (journal_id, line_no)
    where recorded.amount <> coalesce(booked.amount, 0)
),
copies as (
    select distinct posted_lines.journal_id
    from posted_lines
    join postings using (correction_id)
    where postings.journal_id <> posted_lines.journal_id
),
unfounded as (
    select md5(concat_ws(chr(31), 'unfounded', journal_id, line_no)) as correction_id, causes.cause, causes.family,
        journal_id as event_id, journal_id as origin_event_id, journal_id, role, sku, location, channel, period, date,
        -quantity as quantity, -left_over as amount, 'B' as evidence, 'permanent' as timing, account, source as origin_system,
        causes.root, false as is_posted, null as posted_in, 'unfounded' as step, 'entry' as unit_kind,
        half
    from rest
    join causes
        on causes.cause = if(journal_id in (from copies), 'duplicate_posting', 'orphan_connector_entry')
),
lines as (
    from found union all by name from posted union all by name from unfounded
),
case_ids as (
    select cause, event_id,
        'CASE-' || upper(left(md5(string_agg(correction_id, ' ' order by correction_id)), 16)) as case_id
    from lines
    where step <> 'posted'
    group by all
)
select lines.correction_id, lines.cause, family, lines.event_id, origin_event_id, journal_id, role, sku, location, channel,
    period, date, quantity, lines.amount, evidence, timing, account, origin_system, root,
    case when is_posted then 'posted' when decided.is_expired is false then decided.status
        else coalesce(reviews.status, 'open') end as status,
    posted_in, step, unit_kind, event_type, half, candidates, accepted_cause, coalesce(is_doubtful, false) as is_doubtful, case_id
from lines
left join case_ids on lines.cause = case_ids.cause and lines.event_id = case_ids.event_id
left join decided using (case_id)
left join reviews on lines.correction_id = reviews.correction_id
order by period, lines.cause, lines.event_id, role, sku, location, channel, date, lines.amount, lines.correction_id

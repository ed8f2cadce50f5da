-- What is proposed of each correction that is not booked yet, and why not, if not.
-- Grain: one row per correction. A cause and event are proposed as a whole, or not at all; ``held`` says why not.
-- ``posting_date`` lies in the correction's own period, or, where that is closed, on the first day of the next open one.
-- Evidence A and B are proposed by themselves, C once it is accepted (``reviews``). What a manual true-up may have stood in
-- for waits for it: its reversal and they are one entry (``true_up``). ``account``: profit of a closed year goes where the
-- policy says.
with calendar as (
    select number, period, start_date, end_date, coalesce(closed_at <= as_of.moment, false) as is_closed
    from periods
    cross join as_of
),
targets as (
    select calendar.number, min(open.number) as target
    from calendar
    left join calendar as open on not open.is_closed and open.number >= calendar.number
    group by all
),
dated as (
    select corrections.*, calendar.number, calendar.is_closed, calendar.end_date,
        coalesce(targets.target, (select max(number) + 1 from calendar)) as target,
        case when not calendar.is_closed then corrections.date
            else coalesce(opened.start_date, (select max(calendar.end_date) + 1 from calendar)) end as target_date
    from corrections
    join calendar using (period)
    join targets using (number)
    left join calendar as opened on targets.target = opened.number
    where corrections.status <> 'posted'
),
true_ups as (
    select event_id as true_up, role, sku, location, max(number) as number, max(target) as target,
        max(target_date) as target_date,
        bool_and(status = 'accepted') as is_accepted
    from dated
    join roles using (role)
    where cause = 'unsupported_manual_je' and status <> 'rejected' and not is_profit and role <> 'other'
    group by all
),
stood_in as (
    -- The causes that had changed one of its balances by then; the first true-up after them counts.
    select dated.cause, dated.event_id, true_ups.role, true_ups.true_up, true_ups.number, true_ups.target, true_ups.target_date,
        true_ups.is_accepted
    from dated
    join true_ups
        on dated.role = true_ups.role and dated.number <= true_ups.number
        and (true_ups.sku is null or dated.sku is null or dated.sku = true_ups.sku)
        and (true_ups.location is null or dated.location is null or dated.location = true_ups.location)
    where dated.cause <> 'unsupported_manual_je' and dated.evidence in ('A', 'B', 'C') and dated.status <> 'rejected'
    group by all
    having sum(dated.amount) <> 0
),
waiting as (
    select distinct on (cause, event_id) cause, event_id, true_up, target, target_date, is_accepted
    from (
        from stood_in
        union all by name
        select distinct 'unsupported_manual_je' as cause, true_up as event_id, true_up, number, target, target_date, is_accepted
        from true_ups
    )
    order by cause, event_id, number, true_up
),
parts as (
    -- What is booked in several periods, or for a closed one and an open one, must balance in each; else it is booked as one, in
    -- the last.
    select cause, event_id, bool_and(amount = 0) as is_balanced
    from (select cause, event_id, target, is_closed, sum(amount) as amount from dated group by all)
    group by all
),
placed as (
    select dated.* replace (if(is_balanced, dated.is_closed, bool_or(dated.is_closed) over unit) as is_closed),
        waiting.true_up, waiting.is_accepted as is_true_up_accepted,
        coalesce(waiting.target, if(is_balanced, dated.target, max(dated.target) over unit)) as posting_number,
        coalesce(waiting.target_date, if(is_balanced, dated.target_date, max(dated.target_date) over unit)) as last_date
    from dated
    join parts using (cause, event_id)
    left join waiting using (cause, event_id)
    window unit as (partition by dated.cause, dated.event_id)
),
booked_to as (
    select placed.*, max(last_date) over (partition by cause, event_id, posting_number) as posting_date,
        case when policy.prior_year = 'retained_earnings' and roles.is_profit
                and year(date_trunc('month', placed.end_date) - to_months(policy.fiscal_year_start - 1))
                    < year(date_trunc('month', placed.last_date) - to_months(policy.fiscal_year_start - 1))
                then policy.retained_earnings
            else placed.account end as posting_account
    from placed
    cross join settings as policy
    join roles using (role)
),
lasting as (
    -- Units of which something is left once it is booked in open periods.
    select distinct cause, event_id
    from (
        select cause, event_id, posting_number, posting_account, sku, location, channel
        from booked_to
        group by all
        having sum(amount) <> 0
    )
),
verdicts as (
    select cause, event_id,
        case when bool_or(evidence = 'N') then 'no error'
            when bool_or(evidence in ('D', 'U')) then 'not explained'
            when bool_or(status = 'rejected') then 'rejected'
            when bool_or(true_up is not null and not is_true_up_accepted and cause <> 'unsupported_manual_je')
                then 'waits for true-up ' || min(true_up)
            when bool_or(is_doubtful and status <> 'accepted') then 'a count contradicts the history'
            when bool_or(evidence = 'C' and status <> 'accepted') then 'to be reviewed'
            when bool_or(posting_account is null) then 'no account'
            when count(is_lasting) = 0 then 'nets out in the open period'
        end as held
    from booked_to
    left join (select *, true as is_lasting from lasting) using (cause, event_id)
    group by cause, event_id
)
select correction_id, cause, event_id, role, sku, location, channel, period, quantity, amount, evidence, is_closed,
    posting_number, posting_date, posting_account as account, true_up, held
from booked_to
join verdicts using (cause, event_id)
order by correction_id

-- What can be reviewed: everything found wrong that is not booked, with what was decided about it.
-- Grain: one row per case (cause and event, or batch). Functional currency. ``amount``: Σ |amount| of its correcting lines (both
-- sides of the entry); ``lines``: how many; ``net_profit``: what they add to profit; ``age_days``: from its first line to "now";
-- ``work``: what clearing it takes; ``owner_system``: where it began; ``held``: why its entry is not proposed, if it is not.
-- ``review``: open, accepted, rejected, assigned; overdue: the decision's time is over, so that it is open again; changed: what
-- was decided about the event had another cause or other lines (Σ |amount| then: ``reviewed_amount``) and no longer applies.
-- ``decision`` and on: the last one. ``is_open``: neither booked nor rejected.
with proposed as (
    select cause, event_id, any_value(held) as held, bool_or(is_closed) as is_closed from proposals group by all
),
earlier as (
    -- The last decision about what was then found of an event, and is so no more.
    select event_id, case_id, amount
    from decided
    anti join cases using (case_id)
    qualify row_number() over (partition by event_id order by number desc) = 1 and decision <> 'open' and not is_expired
),
judged as (
    select cases.*,
        case when decided.is_expired then 'overdue'
            when decided.case_id is not null then decided.decision
            when earlier.case_id is not null then 'changed'
            when is_accepted then 'accepted'
            when not is_open then 'rejected'
            else 'open' end as review,
        coalesce(decided.case_id, earlier.case_id) as decided_id,
        if(decided.case_id is null, earlier.amount, null) as reviewed_amount
    from cases
    left join decided using (case_id)
    left join earlier on cases.event_id = earlier.event_id
    where posted_in is null
)
select judged.case_id, period, judged.cause, judged.event_id, lines, money(gross) as amount, money(net_profit) as net_profit,
    evidence, date_diff('day', date, local_date(as_of.moment)) as age_days, work, origin_system as owner_system, held, review,
    decision, assigned_to, decided_by, decided_on, reason, expires_on, reviewed_amount, is_open, family, origin_event_id, date,
    is_closed
from judged
cross join as_of
left join proposed using (cause, event_id)
left join decided on judged.decided_id = decided.case_id
order by age_days desc, amount desc, judged.cause, judged.event_id

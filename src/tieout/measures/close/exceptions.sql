-- The work list: what is found wrong and not booked or rejected yet, the oldest and largest first.
-- Grain: one row per cause and event. Functional currency. ``amount``: Σ |amount| of its correcting lines (both sides of the
-- entry); ``net_profit``: what they add to profit; ``age_days``: from its first line to "now"; ``work``: what clearing it takes;
-- ``owner_system``: where it began; ``held``: why its entry is not proposed, if it is not.
with proposed as (
    select cause, event_id, any_value(held) as held, bool_or(is_closed) as is_closed from proposals group by all
)
select cases.period, cases.cause, cases.event_id, money(gross) as amount,
    date_diff('day', cases.date, local_date(as_of.moment)) as age_days, evidence, work, origin_system as owner_system,
    cases.family, cases.origin_event_id, cases.date, money(net_profit) as net_profit, is_closed, held
from cases
cross join as_of
left join proposed using (cause, event_id)
where is_open
order by age_days desc, amount desc, cases.cause, cases.event_id

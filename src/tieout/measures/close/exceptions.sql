-- The work list: what is found wrong and not booked or rejected yet, the oldest and largest first.
-- Grain: one row per cause and event. Functional currency. ``amount``: Σ |amount| of its correcting lines (both sides of the
-- entry); ``net_profit``: what they add to profit; ``age_days``: from its first line to "now"; ``work``: what clearing it takes;
-- ``owner_system``: where it began; ``held``: why its entry is not proposed, if it is not; ``review`` and on: as in
-- ``review_list``.
select period, cause, event_id, amount, age_days, evidence, work, owner_system, family, origin_event_id, date, net_profit,
    is_closed, held, case_id, lines, review, assigned_to, decided_by, decided_on, reason, expires_on
from review_list
where is_open
order by age_days desc, amount desc, cause, event_id

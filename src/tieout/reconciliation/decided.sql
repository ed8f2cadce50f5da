-- What was decided last about each case by `tieout review`, and whether its time is over.
-- Grain: one row per case that was ever decided on (``case_id``, as in ``corrections``; lines of another content are another
-- case). Functional currency. ``amount``: Σ |amount| of its lines as the reviewer saw it. ``expires_on``: the last day, judged
-- by "now". ``status``: what its corrections get from it; who is to look at them does not settle them.
select decision_log.* replace (money(amount) as amount),
    if(decision in ('accepted', 'rejected'), decision, 'open') as status,
    coalesce(expires_on < local_date(as_of.moment), false) as is_expired
from decision_log
cross join as_of
qualify row_number() over (partition by case_id order by number desc) = 1

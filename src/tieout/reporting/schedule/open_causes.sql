-- How much each cause still moves, as ``tieout check`` counts it: what is booked since, or was rejected, is settled.
-- Grain: one row per cause. Functional currency. ``amount``: Σ |amount| over all periods.
select cause, money(sum(abs(amount))) as amount
from corrections
where evidence <> 'N' and status not in ('posted', 'rejected')
group by cause
order by cause

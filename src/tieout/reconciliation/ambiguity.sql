-- The causes that fit a difference which the data cannot decide; ``ops_log_defect``: not the ledger may be wrong, but the
-- history.
-- Grain: one row per ambiguous correction and candidate.
select correction_id, event_id, unnest(candidates) as candidate, amount
from corrections
where cause = 'ambiguous'
union all
select correction_id, event_id, 'ops_log_defect', amount
from corrections
where is_doubtful
order by correction_id, candidate

-- The causes that fit a difference which the data cannot decide.
-- Grain: one row per ambiguous correction and candidate.
select correction_id, event_id, unnest(candidates) as candidate, amount
from corrections
where cause = 'ambiguous'
order by correction_id, candidate

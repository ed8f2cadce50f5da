-- The claims that stand: the lines of a cause and unit must balance, else they are unexplained together.
-- Grain: one row per line of ``differences``.
with balances as (
    select cause, unit_id from claims group by all having sum(amount) <> 0
)
select
    claims.* exclude (cause, evidence),
    case when balances.cause is null then claims.cause else 'unexplained' end as cause,
    case when balances.cause is null then claims.evidence else 'U' end as evidence
from claims
left join balances using (cause, unit_id)

-- What this company's data can tell, cause by cause, whatever it has been found to be.
-- Grain: one row per cause. ``best_evidence``: the level that it can reach; D where something is missing without which it cannot
-- be told from its look-alikes. Without control totals an absence is only strong (B), not proven.
with needed as (
    select causes.cause, causes.best_evidence, unnest(causes.needs) as input
    from causes
),
missing as (
    select needed.cause, list(needed.input order by needed.input) as inputs
    from needed
    join inputs using (input)
    where not inputs.is_present
    group by needed.cause
)
select causes.cause,
    case when missing.inputs is null then causes.best_evidence
        when missing.inputs = ['trial_balance'] then 'B'
        else 'D' end as best_evidence,
    coalesce(array_to_string(missing.inputs, ', '), '') as missing_inputs
from causes
left join missing using (cause)
where causes.cause not in ('unexplained', 'ambiguous')
order by causes.cause

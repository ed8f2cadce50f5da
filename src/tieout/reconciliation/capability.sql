-- What this company's data can tell, cause by cause, whatever it has been found to be.
-- Grain: one row per cause. ``best_evidence``: the level that it can reach; D where something is missing without which it cannot
-- be told from its look-alikes. Without control totals an absence is only strong (B), not proven. ``grain``: whether the ledger
-- tells it event by event; empty before the ledger is linked. ``event_share``: of the ledger lines that belong to anything, those
-- of a single event; 0 to 1.
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
    coalesce(array_to_string(missing.inputs, ', '), '') as missing_inputs,
    case when lines > 0 and batch_lines = 0 then 'per event'
        when lines > 0 then format(
            'per event, but only per batch in {} % of the ledger lines, {}: what a batch leaves over is unexplained',
            ceil(100 * batch_lines / lines)::integer,
            case item_lines when 0 then 'without items' when batch_lines then 'by item' else 'some by item' end)
        end as grain,
    (lines - batch_lines) / nullif(lines, 0) as event_share
from causes
cross join line_grain
left join missing using (cause)
where causes.cause not in ('unexplained', 'ambiguous')
order by causes.cause

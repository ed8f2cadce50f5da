-- What is known about each difference when a cause is looked for: the columns that the claims of the causes may name.
-- Grain: one row per line of ``differences``.
with halves as (
    select unit_id, half,
        bool_or(side = 'expected') as is_expected,
        bool_or(side = 'recorded') as is_recorded
    from sides
    where unit_kind = 'event'
    group by all
),
journals as (
    select journal_id, min(source) as source, bool_or(is_manual) as is_manual, min(posted_at) as posted_at
    from recorded
    group by journal_id
),
rungs as (
    select journal_id, event_id as unit_id, max(rung) as rung, max(evidence) as link_evidence
    from linked_lines
    where event_id is not null
    group by all
),
totals as (
    select (select count(*) from trial_balance) > 0 as extract_is_proven
)
select
    differences.*,
    keys.event_type, keys.occurred_at, keys.system,
    date_diff('minute', keys.occurred_at, as_of.moment) / 60.0 as age_hours,
    coalesce(periods.is_complete, false) as period_is_complete,
    coalesce(other.is_expected, false) as other_half_is_expected,
    coalesce(other.is_recorded, false) as other_half_is_recorded,
    journals.source, coalesce(journals.is_manual, false) as is_manual, journals.posted_at,
    rungs.rung, coalesce(rungs.link_evidence, 'B') as link_evidence,
    totals.extract_is_proven, settings.sync_sla_hours
from differences
cross join as_of
cross join settings
cross join totals
left join event_keys as keys on differences.unit_id = keys.event_id and differences.step not in ('orphan', 'batch')
left join periods on differences.period = periods.period
left join halves as other on differences.unit_id = other.unit_id and differences.half <> other.half
left join journals using (journal_id)
left join rungs on differences.journal_id = rungs.journal_id and differences.unit_id = rungs.unit_id

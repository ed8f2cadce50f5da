-- How each period was closed, and what has become of its figures since.
-- Grain: one row per period. Functional currency; days are calendar days; ``reason`` says why a figure is missing.
-- ``days_to_close``: from the period's end to ``closed_at``. ``late_entries``: journals booked into the period after it.
-- ``first_reported``, ``recorded`` and ``corrected_gross_profit`` as in ``margin``; ``restated`` = corrected − first reported.
-- ``cases``, ``gross``: causes and events with lines in the period, Σ |amount| of these; ``closed_cases``, ``closed_gross``: the
-- same if it is closed. ``explained_share`` = 1 − gross of what is ambiguous or unexplained ÷ gross.
-- ``open_exceptions`` and their age: as in ``exceptions``. ``detection_days``: median from a line that was wrong to its booked
-- correction, over ``detected`` cases. ``rework_share``: of the pairs of case and sku, those whose sku had been wrong within
-- 30 days before. ``touches``: ledger journals per event with a case. ``first_pass_match_share``: ledger lines that name their
-- event (evidence A) ÷ lines; ``unmatched_lines``: those that belong to no event or batch. ``reversals``: journals that take back
-- another.
-- ``counts`` by hand; ``counts_differing`` from the system, or adjusted; ``counts_linked``: whose adjustment the ledger holds.
-- ``control_totals_tied`` of ``control_totals``: accounts that moved by what the trial balance says.
with matched as (
    select period, count(*) filter (where event_id is null and batch_id is null) as unmatched_lines,
        avg((coalesce(evidence, '') = 'A')::integer) as first_pass_match_share
    from linked_lines
    group by period
),
unusual as (
    select period, count(distinct journal_id) filter (where posted_at > closed_at) as late_entries,
        count(distinct journal_id) filter (where reverses_journal_id is not null) as reversals
    from linked_lines
    join periods using (period)
    where posted_at > closed_at or reverses_journal_id is not null
    group by period
),
differing as (
    select period, count(distinct (cause, event_id)) as cases, sum(abs(amount)) as gross,
        coalesce(sum(abs(amount)) filter (where evidence in ('D', 'U')), 0) as unexplained
    from corrections
    where evidence <> 'N' and step <> 'posted'
    group by period
),
ages as (
    select period, count(*) as open_exceptions, median(age_days) as median_age_days, max(age_days) as max_age_days
    from exceptions
    group by period
),
booked as (
    select correction_id, posted_at from postings
),
detected as (
    select cases.period, median(days) as detection_days, count(*) as detected
    from (
        select cause, event_id, max(date_diff('day', corrections.date, local_date(booked.posted_at))) as days
        from corrections
        join booked using (correction_id)
        where corrections.step <> 'posted'
        group by all
    )
    join cases using (cause, event_id)
    group by cases.period
),
wrong_items as (
    select distinct cases.number, cases.period, cause, event_id, sku, cases.date
    from corrections
    join cases using (cause, event_id)
    where sku is not null and step <> 'posted'
),
followed as (
    select period, date - max(date) over (
            partition by sku order by date range between unbounded preceding and interval 1 day preceding
        ) as days
    from wrong_items
),
rework as (
    select period, avg((coalesce(days, 31) <= 30)::integer) as rework_share from followed group by period
),
touched as (
    select period, count(*) / count(distinct event_id) as touches
    from (
        select distinct cases.period, lines.event_id, lines.journal_id
        from linked_lines as lines
        join (select event_id, arg_min(period, number) as period from cases group by event_id) as cases using (event_id)
    )
    group by period
),
booked_events as (
    select distinct event_id from linked_lines semi join cycle_counts using (event_id)
),
counted as (
    select days.period, count(*) as counts,
        count(*) filter (where counts.event_id is not null or counted_quantity <> system_quantity) as counts_differing,
        count(booked_events.event_id) as counts_linked
    from cycle_counts as counts
    cross join as_of
    join days on local_date(counts.counted_at) = days.date
    left join booked_events on counts.event_id = booked_events.event_id
    where counts.counted_at <= as_of.moment
    group by all
),
controls as (
    select period, count(declared) as control_totals, count(*) filter (where booked = declared) as control_totals_tied
    from control_totals
    group by period
)
select periods.period, closed_at, date_diff('day', end_date, local_date(closed_at)) as days_to_close,
    if(closed_at is null, null, coalesce(late_entries, 0)) as late_entries,
    first.gross_profit as first_reported_gross_profit, recorded.gross_profit as recorded_gross_profit,
    corrected.gross_profit as corrected_gross_profit, money(corrected.gross_profit - first.gross_profit) as restated,
    coalesce(cases, 0) as cases, money(coalesce(gross, 0)) as gross,
    if(closed_at <= as_of.moment, coalesce(cases, 0), 0) as closed_cases,
    money(if(closed_at <= as_of.moment, coalesce(gross, 0), 0)) as closed_gross,
    1 - unexplained / nullif(gross, 0) as explained_share,
    coalesce(open_exceptions, 0) as open_exceptions, median_age_days, max_age_days,
    coalesce(detected, 0) as detected, detection_days, rework_share, touches, first_pass_match_share,
    coalesce(counts, 0) as counts, coalesce(counts_differing, 0) as counts_differing, coalesce(counts_linked, 0) as counts_linked,
    counts_linked / nullif(counts_differing, 0) as counts_linked_share,
    coalesce(control_totals, 0) as control_totals, coalesce(control_totals_tied, 0) as control_totals_tied,
    control_totals_tied / nullif(control_totals, 0) as control_totals_tied_share,
    coalesce(reversals, 0) as reversals, coalesce(unmatched_lines, 0) as unmatched_lines, is_complete,
    nullif(concat_ws('; ',
        case when closed_at is null then 'close, restated: not closed' end,
        case when coalesce(gross, 0) = 0 then 'explained_share: no difference' end,
        case when coalesce(open_exceptions, 0) = 0 then 'age: no open exception' end,
        case when coalesce(detected, 0) = 0 then 'detection_days: no correction is booked' end,
        case when rework_share is null then 'rework_share: no case with a sku' end,
        case when touches is null then 'touches: no event with a case is in the ledger' end,
        case when first_pass_match_share is null then 'first_pass_match_share: no ledger lines' end,
        case when coalesce(counts_differing, 0) = 0 then 'counts_linked_share: no count differs' end,
        case when coalesce(control_totals, 0) = 0 then 'control_totals_tied_share: no trial balance' end), '') as reason
from periods
cross join as_of
left join matched on periods.period = matched.period
left join unusual on periods.period = unusual.period
left join margin as first on periods.period = first.period and first.book = 'first_reported'
left join margin as recorded on periods.period = recorded.period and recorded.book = 'recorded'
left join margin as corrected on periods.period = corrected.period and corrected.book = 'corrected'
left join differing on periods.period = differing.period
left join ages on periods.period = ages.period
left join detected on periods.period = detected.period
left join rework on periods.period = rework.period
left join touched on periods.period = touched.period
left join counted on periods.period = counted.period
left join controls on periods.period = controls.period
order by number

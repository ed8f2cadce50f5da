-- The financial integrity summary: facts of the run, each a figure that can be checked, no score.
-- Grain: one row per fact. ``value`` in its ``unit``: rows, journals, periods and so on, money (functional currency), or a share
-- (numerator ÷ denominator, six places; NULL, with a ``reason``, where there is nothing to divide by). ``n``: how many things
-- were looked at. ``holds``: for facts that have a right value (nothing lost, nothing broken) whether it is that. ``source``:
-- the table.
with differences as (
    select sum(abs(amount)) as gross, count(*) as lines,
        coalesce(sum(abs(amount)) filter (where evidence not in ('D', 'U')), 0) as explained,
        coalesce(sum(abs(amount)) filter (where evidence in ('A', 'B')), 0) as proven
    from corrections
    where evidence <> 'N' and step <> 'posted'
),
facts (place, fact, unit, numerator, denominator, n, right_value, source, empty) as (
    select 1, 'rows_unaccounted_for', 'rows', rows_read - rows_loaded - rows_rejected, null, rows_read, 0, 'trust', 'no rows'
    from trust
    union all
    select 2, 'rows_rejected', 'share', rows_rejected, rows_read, rows_read, null, 'trust', 'no rows' from trust
    union all
    select 3, 'broken_proofs', 'proofs', broken_proofs, null, proofs, 0, 'trust', 'no proofs' from trust
    union all
    select 4, 'unbalanced_trial_balances', 'periods', count(*) filter (where closing <> 0), null, count(*), 0,
        'trial_balance', 'no trial balance'
    from (select sum(closing) as closing from trial_balance group by period)
    union all
    select 5, 'control_totals_tied', 'share', sum(control_totals_tied), sum(control_totals), sum(control_totals), 1,
        'control_totals', 'no trial balance'
    from close
    union all
    select 6, 'unbalanced_journals', 'journals', count(*) filter (where amount <> 0), null, count(*), 0, 'gl_lines', 'no journals'
    from (select sum(amount) as amount from gl_lines where deleted_at is null group by journal_id)
    union all
    select 7, 'journal_series_with_gaps', 'series', count(*) filter (where last - first + 1 <> journals), null, count(*), 0,
        'journal_numbers', 'no numbered journals'
    from journal_numbers
    where first is not null and journals > 1
    union all
    select 8, 'explained_share', 'share', explained, gross, lines, null, 'corrections', 'no difference' from differences
    union all
    select 9, 'proven_share', 'share', proven, gross, lines, null, 'corrections', 'no difference' from differences
    union all
    select 10, 'unexplained_amount', 'money', unexplained_amount, null, (select count(*) from corrections), 0, 'trust', null
    from trust
    union all
    select 11, 'lines_that_name_their_event', 'share', count(*) filter (where evidence = 'A'), count(*), count(*), null, 'links',
        'no ledger lines'
    from linked_lines
    union all
    select 12, 'counts_that_agree', 'share', count(*) filter (where quantity = replayed_quantity), count(*), count(*), null,
        'counted_stock', 'nothing was counted'
    from counted_stock
    union all
    select 13, 'counts_in_the_ledger', 'share', sum(counts_linked), sum(counts_differing), sum(counts), null, 'close',
        'no count differs'
    from close
    union all
    select 14, 'closed_periods_changed', 'periods', count(*) filter (where late_entries > 0), null, count(*), 0, 'close',
        'no period is closed'
    from close
    where closed_at is not null
    union all
    select 15, 'closed_periods_wrong', 'periods', count(*) filter (where closed_cases > 0), null, count(*), 0, 'close',
        'no period is closed'
    from close
    where closed_at is not null
    union all
    select 16, 'pending_corrections', 'money', sum(abs(amount)) filter (where held is null), null,
        count(*) filter (where held is null), 0, 'proposals', null
    from proposals
    union all
    select 17, 'held_corrections', 'money', sum(abs(amount)) filter (where held is not null and held <> 'no error'), null,
        count(*) filter (where held is not null and held <> 'no error'), null, 'proposals', null
    from proposals
    union all
    select 18, 'open_exceptions', 'exceptions', count(*), null, count(*), 0, 'exceptions', null from exceptions
    union all
    select 19, 'stock_below_zero', 'money', coalesce(sum(amount), 0), null, count(*), 0, 'shortages', null from shortages
    union all
    select 20, 'events_of_unknown_cost', 'events', count(distinct id), null, (select count(*) from stock_rows), 0,
        'findings', 'no events'
    from findings
    where finding in ('no_cost', 'cost_assumed')
),
checked as (
    select * replace (coalesce(numerator, 0)::decimal(28, 6) as numerator, denominator::decimal(28, 6) as denominator),
        case when empty is not null and coalesce(if(unit = 'share', denominator, n), 0) = 0 then empty end as reason
    from facts
),
valued as (
    select *, case when reason is not null then null when unit = 'share' then (numerator / denominator)::decimal(28, 6)
            else numerator end as value
    from checked
)
select fact, value, unit, numerator, denominator, coalesce(n, 0)::bigint as n, value = right_value as holds, source, reason
from valued
order by place

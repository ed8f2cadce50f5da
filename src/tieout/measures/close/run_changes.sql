-- What the corrections are now and what they were in the run before (``earlier_run``), cause by cause.
-- Grain: one row per period, cause and whether its lines count in the corrected book (evidence A to C), of either run; none
-- without an earlier run. Functional currency. ``gross``: Σ |amount|. ``gross_profit``: what the corrections add to it, so that
-- Σ change over the causes in the corrected book = change of (corrected − recorded). ``stock``: what they add to inventory and
-- goods in transit. A case is a cause and an event: new, gone, or changed where its lines are not the same.
with lines as (
    select 'then' as run, correction_id, period, cause, in_corrected, event_id, role, amount
    from earlier_corrections
    semi join earlier_run using (run_id)
    union all
    select 'now', correction_id, period, cause, evidence in ('A', 'B', 'C'), event_id, role, amount
    from corrections
    where exists (from earlier_run)
),
amounts as (
    select period, cause, in_corrected, run, sum(abs(amount)) as gross,
        sum(case when is_gross_profit(role) then -amount else 0 end) as gross_profit,
        sum(case when role in ('inventory', 'in_transit') then amount else 0 end) as stock
    from lines
    group by all
),
compared as (
    select period, cause, in_corrected,
        money(coalesce(any_value(gross) filter (where run = 'then'), 0)) as gross_then,
        money(coalesce(any_value(gross) filter (where run = 'now'), 0)) as gross_now,
        money(coalesce(any_value(gross_profit) filter (where run = 'then'), 0)) as gross_profit_then,
        money(coalesce(any_value(gross_profit) filter (where run = 'now'), 0)) as gross_profit_now,
        money(coalesce(any_value(stock) filter (where run = 'then'), 0)) as stock_then,
        money(coalesce(any_value(stock) filter (where run = 'now'), 0)) as stock_now
    from amounts
    group by all
),
matched as (
    select period, cause, in_corrected, event_id, correction_id, count(*) filter (where run = 'then') as lines_then,
        count(*) filter (where run = 'now') as lines_now
    from lines
    group by all
),
whole_cases as (
    select period, cause, in_corrected, sum(lines_then) = 0 as is_new, sum(lines_now) = 0 as is_gone,
        bool_or(lines_then <> lines_now) as differs
    from matched
    group by period, cause, in_corrected, event_id
),
counted as (
    select period, cause, in_corrected, count(*) filter (where is_new) as cases_new,
        count(*) filter (where is_gone) as cases_gone,
        count(*) filter (where differs and not is_new and not is_gone) as cases_changed
    from whole_cases
    group by all
)
select compared.period, compared.cause, gross_then, gross_now, gross_now - gross_then as gross_change,
    gross_profit_then, gross_profit_now, gross_profit_now - gross_profit_then as gross_profit_change,
    stock_then, stock_now, stock_now - stock_then as stock_change, cases_new, cases_gone, cases_changed,
    compared.in_corrected
from compared
join counted using (period, cause, in_corrected)
left join periods using (period)
order by periods.number nulls last, compared.period, compared.in_corrected desc, abs(gross_profit_change) desc, compared.cause

-- Published figures that have changed: what was signed off against what was signed off next or, after the last, against now.
-- Grain: one row per period, sign-off, book and figure that differs. Functional currency. ``difference`` = now − published.
-- ``reason``: what makes most of it: the cause whose corrections changed, or that the ledger itself did ("source changed").
-- ``is_signed_off``: the newer figure has been signed off, too, from run ``restated_run`` and with ``note``.
with versions as (
    select period, sign_off, book, figure, component, amount from published_figures
    union all
    select period, latest.sign_off + 1, book, figure, component, amount
    from figures
    join (select period, max(sign_off) as sign_off from published_figures group by period) as latest using (period)
),
changes as (
    select period, sign_off, book, figure, component, sum(published) as published, sum(now) as now
    from (
        select period, sign_off, book, figure, component, amount as published, 0 as now from published_figures
        union all
        select period, sign_off - 1, book, figure, component, 0, amount from versions where sign_off > 1
    )
    group by all
),
totals as (
    select period, sign_off, book, figure, sum(published) as published, sum(now) as now,
        arg_max(component, (abs(now - published), component)) as component
    from changes
    group by all
    having sum(published) <> sum(now)
)
select totals.period, figure, book, money(published) as published, money(now) as now, money(now - published) as difference,
    if(component = 'recorded', 'source changed', component) as reason,
    signed.signed_at as published_at, signed.run_id as published_run, signed.preparer, signed.reviewer,
    next.period is not null as is_signed_off, next.run_id as restated_run, next.note
from totals
join sign_offs as signed on totals.period = signed.period and totals.sign_off = signed.sign_off
left join sign_offs as next on totals.period = next.period and totals.sign_off + 1 = next.sign_off
left join periods on totals.period = periods.period
order by periods.number, totals.period, totals.sign_off, book desc, figure

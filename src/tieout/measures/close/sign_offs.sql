-- Who signed off the figures of a period, and which run they come from.
-- Grain: one row per period and sign-off, the last of a period is ``is_latest``.
select published_figures.period, sign_off, any_value(preparer) as preparer, any_value(reviewer) as reviewer,
    any_value(signed_at) as signed_at, any_value(run_id) as run_id, any_value(note) as note,
    sign_off = max(sign_off) over (partition by published_figures.period) as is_latest
from published_figures
left join periods on published_figures.period = periods.period
group by periods.number, published_figures.period, sign_off
order by periods.number, published_figures.period, sign_off

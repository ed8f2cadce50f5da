-- "Now" for the whole run: the given moment, else the latest moment that any loaded row tells of.
-- Grain: one row.
with moments as (
    select max(occurred_at) as moment from stock_events
    union all select max(recorded_at) from stock_events
    union all select max(ordered_at) from order_lines
    union all select max(refunded_at) from refunds
    union all select max(charged_at) from fees
    union all select max(effective_at) from costs
    union all select max(posted_at) from gl_lines
    union all select max(earlier_in_overlap(timezone(settings.timezone, (effective_date + 1)::timestamp)))
        - interval 1 second from gl_lines, settings group by settings.timezone
)
select coalesce(any_value(settings.as_of), max(moment), timestamptz '1970-01-01 00:00:00+00') as moment
from settings
left join moments on true

-- "Now" for the whole run: the given moment, else the latest moment that any loaded row tells of.
-- Grain: one row.
with moments as (
    select max(greatest(occurred_at, recorded_at, delivered_at, voided_at)) as moment from stock_events
    union all select max(greatest(ordered_at, paid_at, cancelled_at)) from order_lines
    union all select max(greatest(refunded_at, voided_at)) from refunds
    union all select max(greatest(charged_at, voided_at)) from fees
    union all select max(greatest(effective_at, recorded_at, voided_at)) from costs
    union all select max(paid_at) from settlements
    union all select max(posted_at) from settlement_lines
    union all select max(paid_at) from vendor_payments
    union all select max(taken_at) from stock_snapshots
    union all select max(counted_at) from cycle_counts
    union all select max(sent_at) from connector_messages
    union all select max(closed_at) from fiscal_periods
    union all select max(greatest(posted_at, modified_at, deleted_at)) from gl_lines
    union all select max(earlier_in_overlap(timezone(settings.timezone, (effective_date + 1)::timestamp)))
        - interval 1 second from gl_lines, settings group by settings.timezone
)
select coalesce(any_value(settings.as_of), max(moment), timestamptz '1970-01-01 00:00:00+00') as moment
from settings
left join moments on true

-- How far each table of the history reaches, and whether it has been silent for longer than ever before.
-- Grain: one row per canonical table whose rows have a date. ``last_date``: of the rows up to "now"; ``days_silent``: from there
-- to "now"; ``longest_gap``: the longest time in days between two of its days before; ``is_stale``: silent for longer than that.
with days_of as (
    select 'order_lines' as name, local_date(ordered_at) as date from order_lines
    union all select 'refunds', local_date(refunded_at) from refunds
    union all select 'fees', local_date(charged_at) from fees
    union all select 'settlements', local_date(paid_at) from settlements
    union all select 'stock_events', local_date(occurred_at) from stock_events
    union all select 'costs', local_date(effective_at) from costs
    union all select 'cost_table', local_date(valid_from) from cost_table
    union all select 'purchase_lines', local_date(ordered_at) from purchase_lines
    union all select 'vendor_payments', local_date(paid_at) from vendor_payments
    union all select 'gl_lines', effective_date from gl_lines
    union all select 'connector_messages', local_date(sent_at) from connector_messages
    union all select 'exchange_rates', rate_date from exchange_rates
    union all select 'stock_snapshots', local_date(taken_at) from stock_snapshots
    union all select 'cycle_counts', local_date(counted_at) from cycle_counts
),
dated as (
    select name, date, count(*) as rows,
        date_diff('day', lag(date) over (partition by name order by date), date) as gap
    from days_of
    cross join as_of
    where date <= local_date(as_of.moment)
    group by name, date
)
select name as "table", sum(rows)::bigint as rows, min(date) as first_date, max(date) as last_date,
    date_diff('day', max(date), local_date(any_value(as_of.moment))) as days_silent, max(gap) as longest_gap,
    days_silent > coalesce(longest_gap, 0) as is_stale
from dated
cross join as_of
group by name
order by days_silent desc, name

-- The accounting calendar: which period each date belongs to.
-- Grain: one row per date between the first and the last date of the company's rows, and of its fiscal periods.
-- A date outside the fiscal periods, or any date where there are none, belongs to its calendar month.
with dates as (
    select local_date(occurred_at) as date from stock_events
    union all select local_date(recorded_at) from stock_events
    union all select local_date(voided_at) from stock_events
    union all select local_date(delivered_at) from stock_events
    union all select local_date(voided_at) from refunds
    union all select local_date(voided_at) from fees
    union all select local_date(voided_at) from costs
    union all select local_date(starts_at) from policy_overrides
    union all select local_date(ordered_at) from order_lines
    union all select local_date(refunded_at) from refunds
    union all select local_date(charged_at) from fees
    union all select local_date(paid_at) from settlements
    union all select local_date(posted_at) from settlement_lines
    union all select local_date(paid_at) from vendor_payments
    union all select local_date(effective_at) from costs
    union all select local_date(recorded_at) from costs
    union all select effective_date from gl_lines
    union all select start_date from fiscal_periods
    union all select end_date from fiscal_periods
),
span as (
    select min(date) as first, max(date) as last from dates
),
every_date as (
    select unnest(generate_series(first::timestamp, last::timestamp, interval 1 day))::date as date
    from span
    where first is not null
)
select every_date.date, coalesce(fiscal_periods.period, strftime(every_date.date, '%Y-%m')) as period
from every_date
left join fiscal_periods on every_date.date between fiscal_periods.start_date and fiscal_periods.end_date

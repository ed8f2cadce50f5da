-- What of a month's sales is still expected to come back, at the month's end, per channel.
-- Grain: one month that is over and channel with a known return rate. Cents, positive. Sales net of discounts of the
-- channel's return window, and their cost, less what came back of them by then; times refunds over sales of twelve months.
with ends as (
    select distinct last_day(day) as ended
    from (select unnest(generate_series(date '2025-01-01', day(getvariable('ends')), interval 1 day))::date as day)
    where last_day(day) <= day(getvariable('ends') - 1)
),
sold as (
    select event_id, channel, order_id, line_no, day(occurred_at) as date, revenue - discount as amount from sales
),
costs as (
    select event_id, date, amount from journal_lines where role = 'cogs' and event_type = 'shipment'
),
-- A refund takes back the latest sale of its order line.
refunded as (
    select refunds.channel, day(refunds.refunded_at) as date, refunds.amount, max(sold.date) as sold_on
    from refunds
    left join sold
        on refunds.order_id = sold.order_id and refunds.line_no = sold.line_no and sold.date <= day(refunds.refunded_at)
    group by refunds.refund_id, refunds.channel, refunds.refunded_at, refunds.amount
),
flows as (
    select channel, date as sold_on, date, amount as sold, 0 as cost, amount as sales, 0 as returned from sold
    union all
    select channel, sold_on, date, -amount, 0, 0, amount from refunded
    union all
    select sold.channel, sold.date, costs.date, 0, costs.amount, 0, 0 from costs join sold using (event_id)
    union all
    select sold.channel, sold.date, day(legs.occurred_at), 0, -legs.value, 0, 0
    from legs
    join legs as sales on legs.gives_back = sales.number
    join sold on sales.event_id = sold.event_id
),
totals as (
    select flows.channel, ends.ended,
        sum(sold) filter (where sold_on > ended - channels.return_window::integer) as sold,
        sum(cost) filter (where sold_on > ended - channels.return_window::integer) as cost,
        sum(returned) filter (where date > ended - interval 12 months) as returned,
        sum(sales) filter (where date > ended - interval 12 months) as sales
    from flows
    join ends on flows.date <= ends.ended
    join channels using (channel)
    group by all
)
select 'expected returns ' || shop(channel) || ' ' || month_of(ended) as event_id, channel, ended,
    share(greatest(sold, 0)::bigint, returned, sales) as returns, share(greatest(cost, 0)::bigint, returned, sales) as goods
from totals
where sold > 0 and returned > 0 and sales > 0

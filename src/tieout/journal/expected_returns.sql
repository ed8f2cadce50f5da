-- What was sold by the end of each complete period, may still come back, and by experience will: only where policy accrues it.
-- Grain: one row per channel and period with sales in its return window (channels.return_window_days, else 30). Functional
-- currency, positive. ``sold``, ``cost``: the window's sales net of discounts, and their cost, less what came back of them by
-- the end; ``returned`` / ``sales``: the return rate, refunds over sales net of discounts of the twelve months to that end;
-- ``returns``, ``goods``: what is expected of either, rounded half-up; NULL where nothing ever came back, or was sold.
-- ``reversed_on``: the first day of the next period.
with ends as (
    select period, end_date, (end_date - interval 12 months)::date as year_before,
        lead(start_date) over (order by number) as reversed_on, is_complete
    from periods
    cross join settings
    where settings.expected_returns = 'accrued'
),
sales as (
    select event_id, channel, revenue_date as date, revenue - discount as amount from sale_lines
),
sold_on as (
    select event_id, min(date) as date, any_value(channel) as channel from sales group by event_id
),
costs as (
    select event_id, date, amount from posted where rule in ('shipment_goods', 'true_up') and role = 'cogs'
),
refunded as (
    -- A refund takes back the latest sale of its order line, if that is known.
    select posted.channel, posted.date, posted.amount, max(sold_on.date) as sold_on
    from posted
    join refunds on posted.event_id = refunds.refund_id
    left join stock_rows as rows
        on refunds.order_id = rows.order_id and rows.type = 'shipment'
        and (refunds.line_no is null or refunds.line_no = rows.line_no)
    left join sold_on on rows.event_id = sold_on.event_id and sold_on.date <= posted.date
    where posted.rule = 'refund' and posted.role = 'returns'
    group by posted.event_id, posted.channel, posted.date, posted.amount
),
came_back as (
    select sold_on.channel, rows.date, sold_on.date as sold_on, sum(legs.amount) as amount
    from valued_legs as legs
    join stock_rows as rows using (event_id)
    join sold_on on legs.source_event_id = sold_on.event_id
    where legs.type = 'customer_return' and legs.operation = 'return'
    group by all
),
flows as (
    -- By channel, day of the sale and day of the line: sales, refunds, cost and what it gave back.
    select channel, date as sold_on, date, amount as sold, 0 as cost, amount as sales, 0 as returned from sales
    union all
    select channel, sold_on, date, -amount, 0, 0, amount from refunded
    union all
    select sold_on.channel, sold_on.date, costs.date, 0, costs.amount, 0, 0 from costs join sold_on using (event_id)
    union all
    select channel, sold_on, date, 0, -amount, 0, 0 from came_back
),
totals as (
    select flows.channel, ends.period, ends.end_date, ends.reversed_on,
        sum(case when sold_on > end_date - coalesce(channels.return_window_days, 30)::integer then sold else 0 end) as sold,
        sum(case when sold_on > end_date - coalesce(channels.return_window_days, 30)::integer then cost else 0 end) as cost,
        sum(case when flows.date > year_before then returned else 0 end) as returned,
        sum(case when flows.date > year_before then sales else 0 end) as sales
    from flows
    join ends on flows.date <= ends.end_date
    left join channels on flows.channel = channels.channel
    where ends.is_complete
    group by all
)
select channel, period, end_date, reversed_on, money(sold) as sold, money(cost) as cost, money(returned) as returned,
    money(sales) as sales,
    case when returned > 0 and sales > 0
        then from_minor_units(half_up(minor_units(greatest(sold, 0))::hugeint * minor_units(returned), minor_units(sales))) end
        as returns,
    case when returned > 0 and sales > 0
        then from_minor_units(half_up(minor_units(greatest(cost, 0))::hugeint * minor_units(returned), minor_units(sales))) end
        as goods
from totals
where sold > 0

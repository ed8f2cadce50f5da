-- From gross sales to what each channel keeps, step by step, per book.
-- Grain: one row per period, channel, book and step that has lines. Functional currency, effect on contribution: + adds, − takes.
-- Σ ``amount`` of the steps = contribution of channel_margin; ``contribution_so_far``: the steps up to this one.
-- Funder and type of fee come through the event that a line belongs to; what names none is ``unclassified``, never guessed.
-- Promotions that the channel pays cost us nothing (``paid_by_channel`` says what they were): an amount there is an error.
-- ``return_handling``: what returned goods lost in value; the ledger has no other line for it.
-- ``derived``: what lines without a channel would move here by the channel of their event; not in ``amount``; Σ over channels
-- = 0.
with steps (number, step) as (
    values (1, 'gross_sales'), (2, 'promotions_by_shop'), (3, 'promotions_by_channel'), (4, 'promotions_unclassified'),
        (5, 'returns'), (6, 'shipping_income'), (7, 'cost_of_goods_sold'), (8, 'fees_referral'), (9, 'fees_payment'),
        (10, 'fees_fulfilment'), (11, 'fees_storage'), (12, 'fees_advertising'), (13, 'fees_other'), (14, 'fees_unclassified'),
        (15, 'return_handling'), (16, 'write_offs'), (17, 'marketing')
),
booked as (
    select 'first_reported' as book, period, role, channel, event_id, lines.amount
    from booked_lines as lines
    join periods using (period)
    where coalesce(posted_at <= closed_at, false)
    union all
    select unnest(['recorded', 'corrected']), period, role, channel, event_id, amount from booked_lines
    union all
    select 'corrected', period, role, channel, event_id, amount from corrections where evidence in ('A', 'B', 'C')
    union all
    select 'expected', period, role, channel, event_id, amount from expected
),
lines as (
    -- Of most lines no more is asked than their sum.
    select book, period, role, channel,
        case when channel is null or role in ('discounts', 'fees', 'write_off') then event_id end as event_id,
        -sum(amount) as amount
    from booked
    where role in ('revenue', 'discounts', 'returns', 'shipping_income', 'cogs', 'fees', 'write_off', 'marketing')
    group by all
),
linked_channels as (
    select event_id, min(channel) as channel
    from expected
    where event_id in (select event_id from lines where channel is null)
        and role in ('revenue', 'discounts', 'returns', 'shipping_income', 'cogs', 'fees', 'write_off', 'marketing')
    group by event_id
    having count(distinct channel) = 1
),
funders as (
    select event_id, coalesce(order_lines.discount_funded_by, 'shop') as funder
    from stock_rows
    join order_lines using (order_id, line_no)
),
classified as (
    select lines.book, lines.period, lines.channel, linked_channels.channel as linked_channel, lines.amount,
        case role
            when 'revenue' then 'gross_sales'
            when 'discounts' then 'promotions_' || coalesce('by_' || funder, 'unclassified')
            when 'cogs' then 'cost_of_goods_sold'
            when 'fees' then 'fees_' || coalesce(fees.type, 'unclassified')
            when 'write_off' then if(event_keys.event_type = 'customer_return', 'return_handling', 'write_offs')
            else role
        end as step
    from lines
    left join linked_channels on lines.channel is null and lines.event_id = linked_channels.event_id
    left join funders on lines.role = 'discounts' and lines.event_id = funders.event_id
    left join fees on lines.role = 'fees' and lines.event_id = fees.fee_id
    left join event_keys on lines.role = 'write_off' and lines.event_id = event_keys.event_id
),
placed as (
    select book, period, channel, step, amount, 0 as derived, 0 as paid_by_channel from classified
    union all
    select book, period, unnest([linked_channel, null]), step, 0, unnest([amount, -amount]), 0
    from classified
    where linked_channel is not null
    union all
    select unnest(['corrected', 'expected']), days.period, channel, 'promotions_by_channel', 0, 0, discount_by_channel
    from sale_lines
    join days on sale_lines.revenue_date = days.date
    where discount_by_channel <> 0
),
sums as (
    select book, period, channel, step, sum(amount) as amount, sum(derived) as derived, sum(paid_by_channel) as paid_by_channel
    from placed
    group by all
)
select
    sums.period, sums.channel, sums.book, steps.number, sums.step, money(sums.amount) as amount,
    money(sum(sums.amount) over (partition by sums.period, channel, book order by steps.number)) as contribution_so_far,
    money(derived) as derived, money(paid_by_channel) as paid_by_channel
from sums
join steps using (step)
join periods using (period)
order by periods.number, channel, array_position(['first_reported', 'recorded', 'corrected', 'expected'], book), steps.number

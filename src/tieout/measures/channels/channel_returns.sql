-- What comes back of each channel's sales, and what is set aside for it, per book.
-- Grain: one row per period, channel and book with sales or returns. Functional currency.
-- ``sales`` = revenue − discounts; ``return_rate`` = returns ÷ sales, accruals for expected returns included.
-- ``refund_liability`` and ``return_asset``: balances at the period's end (positive where we owe, and where goods are to
-- come). Accounts of accruals know no channel: theirs is derived, from the channel of their event.
with accrued as (
    select unnest(['recorded', 'corrected']) as book, period, channel, event_id, role, amount from booked_lines
    union all
    select 'corrected', period, channel, event_id, role, amount from corrections where evidence in ('A', 'B', 'C')
    union all
    select 'expected', period, channel, event_id, role, amount from expected
),
accruals as (
    select book, period, channel, event_id, role, sum(amount) as amount
    from accrued
    where role in ('refund_liability', 'return_asset')
    group by all
),
linked_channels as (
    select event_id, min(channel) as channel
    from expected
    where event_id in (select event_id from accruals) and role in ('returns', 'cogs')
    group by event_id
    having count(distinct channel) = 1
),
movements as (
    select book, period, coalesce(accruals.channel, linked_channels.channel) as channel,
        -coalesce(sum(amount) filter (where role = 'refund_liability'), 0) as liability,
        coalesce(sum(amount) filter (where role = 'return_asset'), 0) as asset
    from accruals
    left join linked_channels using (event_id)
    group by all
),
sums as (
    select period, channel, book, sum(sales) as sales, sum(returned) as returned, sum(liability) as liability, sum(asset) as asset
    from (
        select period, channel, book, revenue - discounts as sales, returns as returned, 0 as liability, 0 as asset
        from channel_margin
        union all
        select period, channel, book, 0, 0, liability, asset from movements
    )
    where book in ('recorded', 'corrected', 'expected')
    group by all
)
select
    period, channel, book, money(sales) as sales, money(returned) as returns,
    case when sales > 0 then returned / sales end as return_rate,
    money(sum(liability) over so_far) as refund_liability, money(sum(asset) over so_far) as return_asset,
    case when sales <= 0 then 'no sales' end as reason
from sums
join periods using (period)
window so_far as (partition by channel, book order by number)
order by number, channel, array_position(['recorded', 'corrected', 'expected'], book)

-- What each channel keeps, per book. A line without a channel stays without one: it is not spread.
-- Grain: one row per period, channel and book. Money positive in the sense of its name; functional currency.
-- contribution = revenue + shipping_income − discounts − returns − cogs − fees − write_off − marketing.
with sums as (
    select
        period, channel, book,
        -coalesce(sum(amount) filter (where role = 'revenue'), 0) as revenue,
        coalesce(sum(amount) filter (where role = 'cogs'), 0) as cogs,
        coalesce(sum(amount) filter (where role = 'fees'), 0) as fees,
        coalesce(sum(amount) filter (where role = 'returns'), 0) as returns,
        coalesce(sum(amount) filter (where role = 'discounts'), 0) as discounts,
        -coalesce(sum(amount), 0) as contribution
    from book_totals
    where role in (
        'revenue', 'shipping_income', 'discounts', 'returns', 'cogs', 'fees', 'write_off', 'marketing'
    )
    group by all
)
select
    period, channel, book, money(revenue) as revenue, money(cogs) as cogs, money(fees) as fees,
    money(returns) as returns, money(contribution) as contribution,
    contribution / nullif(revenue, 0) as contribution_margin, money(discounts) as discounts
from sums
join periods using (period)
order by number, channel, array_position(['first_reported', 'recorded', 'corrected', 'expected'], book)

-- The figures that a period's report stands on, to be compared from run to run: they show what later data have moved.
-- Grain: one row per period, book (of the causes: ``corrections``) and figure. Functional currency.
with statements as (
    select period, book, revenue, cogs, gross_profit, profit_after_stock_losses from margin
),
margins as (
    unpivot statements on revenue, cogs, gross_profit, profit_after_stock_losses into name figure value amount
),
stock as (
    select period, book, 'inventory' as figure, sum(amount) as amount from inventory group by all
),
channels as (
    select period, book, 'contribution of ' || coalesce(channel, 'no channel') as figure, sum(contribution) as amount
    from channel_margin
    group by all
),
causes as (
    select period, 'corrections' as book, cause as figure, sum(abs(amount)) as amount from corrections group by all
)
select period, book, figure, amount
from (from margins union all from stock union all from channels union all from causes)
where amount <> 0 and period is not null
order by all

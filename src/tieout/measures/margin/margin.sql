-- Margin per period and book, and by channel, sku, location or category where asked for ($by).
-- Grain: one row per period, book and value of the dimension. Money positive in the sense of its name; functional currency.
-- gross_profit = revenue + shipping_income − discounts − returns − cogs;  gross_margin = gross_profit ÷ revenue.
-- stock_losses = shrinkage + write_off + purchase_price_variance + inventory_revaluation − recoveries.
with books as (
    select period, number, book
    from periods
    cross join (values ('first_reported'), ('recorded'), ('corrected'), ('expected')) as names (book)
    where book <> 'first_reported' or closed_at is not null
),
lines as (
    select totals.*,
        case $by::varchar when 'channel' then channel when 'sku' then totals.sku when 'location' then location
            when 'category' then items.category end as dimension
    from book_totals as totals
    left join items using (sku)
),
sums as (
    select
        number, period, book, dimension,
        -coalesce(sum(amount) filter (where role = 'revenue'), 0) as revenue,
        -coalesce(sum(amount) filter (where role = 'shipping_income'), 0) as shipping_income,
        coalesce(sum(amount) filter (where role = 'discounts'), 0) as discounts,
        coalesce(sum(amount) filter (where role = 'returns'), 0) as returns,
        coalesce(sum(amount) filter (where role = 'cogs'), 0) as cogs,
        coalesce(sum(amount) filter (where role in (
            'shrinkage', 'write_off', 'purchase_price_variance', 'inventory_revaluation', 'recoveries'
        )), 0) as stock_losses
    from books
    left join lines using (period, book)
    group by all
),
profits as (
    select *, revenue + shipping_income - discounts - returns - cogs as gross_profit from sums
)
select
    period, book, money(revenue) as revenue, money(discounts) as discounts, money(returns) as returns,
    money(cogs) as cogs, money(gross_profit) as gross_profit,
    gross_profit / nullif(revenue, 0) as gross_margin,
    money(stock_losses) as stock_losses, money(gross_profit - stock_losses) as profit_after_stock_losses,
    money(shipping_income) as shipping_income, dimension
from profits
order by number, array_position(['first_reported', 'recorded', 'corrected', 'expected'], book), dimension

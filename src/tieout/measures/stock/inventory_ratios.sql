-- How fast stock turns, what it earns and what it costs to hold, per book.
-- Grain: one row per period, book and category of items (a row in total, ``is_total``, comes first). Functional currency;
-- goods in transit count; a ratio is NULL, with a ``reason``, where what it is divided by is not above zero.
-- ``opening``: with the stock that the history begins with;  ``average_inventory``: (opening + closing) ÷ 2;
-- days_of_inventory = average ÷ cogs × days;  turns = 365 ÷ days_of_inventory; gross_return (GMROI) = gross profit × 365 ÷
-- days ÷ average.  ``days``: of the period, up to "now"; none of one that has not begun.
-- ``carrying_cost`` = average × inventory.carrying_percent × days ÷ 365, and its part ``capital_cost``: estimates, in no
-- book.
-- ``open_to_buy`` = inventory.target − closing; for all stock only.
with lengths as (
    select period, number, greatest(date_diff('day', start_date, least(end_date, local_date(as_of.moment))) + 1, 0) as days
    from periods
    cross join as_of
),
books as (
    select period, number, days, book
    from lengths
    cross join (values ('recorded'), ('corrected'), ('expected')) as names (book)
),
stock as (
    select period, book, grouping(items.category) = 1 as is_total, items.category, sum(amount) as closing
    from inventory
    left join items using (sku)
    group by grouping sets ((period, book, items.category), (period, book))
),
brought_forward as (
    select period, book, grouping(items.category) = 1 as is_total, items.category, sum(amount) as brought
    from book_totals
    left join items using (sku)
    where role in ('inventory', 'in_transit') and event_type = 'opening'
    group by grouping sets ((period, book, items.category), (period, book))
),
earned as (
    select period, book, grouping(items.category) = 1 as is_total, items.category,
        coalesce(sum(amount) filter (where role = 'cogs'), 0) as cogs, -sum(amount) as gross_profit
    from book_totals
    left join items using (sku)
    where is_gross_profit(role)
    group by grouping sets ((period, book, items.category), (period, book))
),
groups as (
    select true as is_total, null as category
    union
    select is_total, category from stock
    union
    select is_total, category from earned
),
sums as (
    select books.*, groups.*, coalesce(closing, 0) as closing, coalesce(brought, 0) as brought, coalesce(cogs, 0) as cogs,
        coalesce(gross_profit, 0) as gross_profit
    from books
    cross join groups
    left join stock
        on books.period = stock.period and books.book = stock.book and groups.is_total = stock.is_total
        and groups.category is not distinct from stock.category
    left join brought_forward
        on books.period = brought_forward.period and books.book = brought_forward.book
        and groups.is_total = brought_forward.is_total and groups.category is not distinct from brought_forward.category
    left join earned
        on books.period = earned.period and books.book = earned.book and groups.is_total = earned.is_total
        and groups.category is not distinct from earned.category
),
openings as (
    select *, brought + coalesce(lag(closing) over (partition by book, is_total, category order by number), 0) as opening
    from sums
),
averages as (
    select *, 0.5 * (opening + closing) as average from openings
)
select period, book, is_total, category, days, money(opening) as opening, money(closing) as closing,
    money(average) as average_inventory,
    money(cogs) as cogs, money(gross_profit) as gross_profit,
    case when cogs > 0 and days > 0 then average / cogs * days end as days_of_inventory,
    case when average > 0 and cogs > 0 and days > 0 then cogs / average * 365 / days end as turns,
    case when average > 0 and days > 0 then gross_profit / average * 365 / days end as gross_return,
    share_of_money(money(average), (settings.carrying_percent * days)::decimal(18, 4), 36500) as carrying_cost,
    share_of_money(money(average), (settings.capital_percent * days)::decimal(18, 4), 36500) as capital_cost,
    case when is_total then money(settings.inventory_target - closing) end as open_to_buy,
    nullif(concat_ws('; ',
        case when days = 0 then 'not begun' end,
        case when cogs <= 0 then 'no cost of sales' end,
        case when average <= 0 then 'no stock' end,
        case when is_total and settings.inventory_target is null then 'no target is set' end), '') as reason
from averages
cross join settings
order by number, array_position(['recorded', 'corrected', 'expected'], book), is_total desc, category

-- Stock on hand and in transit at each period end, per book.
-- Grain: one row per period, sku, location and book, from its first movement on. Functional currency.
with movements as (
    select book, period, sku, location, sum(quantity) as quantity, sum(amount) as amount
    from book_totals
    where role in ('inventory', 'in_transit') and book <> 'first_reported'
    group by all
),
firsts as (
    select book, sku, location, min(number) as first_number from movements join periods using (period) group by all
),
grid as (
    select periods.period, periods.number, firsts.book, firsts.sku, firsts.location
    from firsts
    join periods on periods.number >= firsts.first_number
),
running as (
    select
        grid.*,
        sum(movements.quantity) over so_far as quantity,
        sum(movements.amount) over so_far as amount
    from grid
    left join movements
        on grid.period = movements.period and grid.book = movements.book
        and grid.sku is not distinct from movements.sku and grid.location is not distinct from movements.location
    window so_far as (partition by grid.book, grid.sku, grid.location order by grid.number)
)
select period, sku, location, book, coalesce(quantity, 0)::decimal(18, 4) as quantity, money(coalesce(amount, 0)) as amount
from running
order by number, sku, location, array_position(['recorded', 'corrected', 'expected'], book)

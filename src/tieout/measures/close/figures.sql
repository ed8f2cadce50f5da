-- The figures that a period is reported by, each as the sum of what makes it: what is recorded, and what each cause corrects.
-- Grain: one row per period, book (recorded, corrected), figure and component (``recorded``, or a cause). Functional currency,
-- positive in the sense of its name, as in ``margin``; ``inventory``: stock on hand and in transit at the period's end.
with meanings (figure, role, sign) as (
    values ('revenue', 'revenue', -1), ('shipping_income', 'shipping_income', -1), ('discounts', 'discounts', 1),
        ('returns', 'returns', 1), ('cogs', 'cogs', 1), ('stock_losses', 'shrinkage', 1), ('stock_losses', 'write_off', 1),
        ('stock_losses', 'purchase_price_variance', 1), ('stock_losses', 'inventory_revaluation', 1),
        ('stock_losses', 'recoveries', 1), ('inventory', 'inventory', 1), ('inventory', 'in_transit', 1)
),
profits as (
    select profit as figure, role, -1 as sign
    from meanings
    join (values ('gross_profit'), ('profit_after_stock_losses')) as names (profit)
        on is_gross_profit(role) or profit = 'profit_after_stock_losses' and figure = 'stock_losses'
),
components as (
    select period, role, unnest(['recorded', 'corrected']) as book, 'recorded' as component, amount
    from book_totals
    where book = 'recorded'
    union all
    select period, role, 'corrected', cause, amount from corrections where evidence in ('A', 'B', 'C')
)
select periods.period, components.book, terms.figure, components.component, money(sum(terms.sign * components.amount)) as amount
from (from meanings union all from profits) as terms
join components using (role)
join periods as booked on components.period = booked.period
join periods on booked.number = periods.number or terms.figure = 'inventory' and booked.number < periods.number
group by all
having sum(terms.sign * components.amount) <> 0
order by any_value(periods.number), components.book, terms.figure, components.component

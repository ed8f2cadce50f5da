-- From one definition of available stock to the next, cell by cell: all of the difference, and nothing but definitions.
-- Grain: one row per moment (``stock_moments``), pair of definitions and cell that only one of them counts. Units, over all
-- items and places: what the first counts + Σ units = what the second counts. NULL where the data cannot tell, with the
-- ``reason``.
with cells as (
    select taken_at, period, is_period_end, cell, reason, counts_in_operations, counts_in_finance, counts_in_sales,
        counts_in_available_to_sell, counts_in_books, sum(units) as units
    from availability_cells
    group by all
),
steps as (
    select cells.*, unnest([
        {'n': 1, 'first': 'operations', 'next': 'finance', 'change': counts_in_finance::integer - counts_in_operations::integer},
        {'n': 2, 'first': 'finance', 'next': 'sales', 'change': counts_in_sales::integer - counts_in_finance::integer},
        {'n': 3, 'first': 'sales', 'next': 'available_to_sell',
            'change': counts_in_available_to_sell::integer - counts_in_sales::integer},
        {'n': 4, 'first': 'operations', 'next': 'sales', 'change': counts_in_sales::integer - counts_in_operations::integer},
        {'n': 5, 'first': 'operations', 'next': 'books', 'change': counts_in_books::integer - counts_in_operations::integer}
    ]) as step
    from cells
)
select taken_at, step['first'] as from_definition, step['next'] as to_definition, cell,
    sum(units * step['change'])::decimal(18, 4) as units, period, is_period_end,
    case when sum(units * step['change']) is null then max(reason) end as reason
from steps
where step['change'] is distinct from 0
group by taken_at, period, is_period_end, step['n'], step['first'], step['next'], cell
order by taken_at, step['n'], cell

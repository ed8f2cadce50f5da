-- What is available, by four definitions, each rightly so: sums of the cells that it counts (``availability_cells``).
-- Grain: one row per moment (``stock_moments``), sku and location with stock or an error. Units. ``books``: as US GAAP and
-- IFRS count; ``ledger_error``: recorded − corrected units, an error and no part of any definition (by cause:
-- ``availability_errors``). ``finance`` and ``books`` are NULL where the data cannot tell, with the ``reason``.
with units as (
    from availability_cells
    union all by name
    select taken_at, sku, location, units as error, period, is_period_end from availability_errors where source = 'ledger'
)
select taken_at, sku, location,
    coalesce(sum(units * counts_in_operations::integer), 0)::decimal(18, 4) as operations,
    case when bool_or(units is not null and counts_in_finance is null) then null
        else coalesce(sum(units * counts_in_finance::integer), 0) end::decimal(18, 4) as finance,
    coalesce(sum(units * counts_in_sales::integer), 0)::decimal(18, 4) as sales,
    coalesce(sum(units * counts_in_available_to_sell::integer), 0)::decimal(18, 4) as available_to_sell,
    case when bool_or(units is not null and counts_in_books is null) then null
        else coalesce(sum(units * counts_in_books::integer), 0) end::decimal(18, 4) as books,
    coalesce(sum(error), 0)::decimal(18, 4) as ledger_error, period, is_period_end,
    max(reason) filter (where counts_in_finance is null or counts_in_books is null) as reason
from units
group by taken_at, sku, location, period, is_period_end
order by taken_at, sku, location

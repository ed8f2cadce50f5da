-- Cost of sales as the ledger sums it sale by sale (perpetual) beside what opening stock, purchases and closing stock leave
-- (periodic): the gap is shrinkage and error.
-- Grain: one row per period and book. Functional currency. ``periodic`` = opening + purchases − closing; ``gap`` = periodic
-- − perpetual = stock_losses + other_movements + cost_without_goods, exactly.
-- ``purchases``: receipts and stock brought forward, what bills and freight add, less returns to vendors; ``stock_losses``:
-- adjusted and written off; ``other_movements``: stock that moved under no stock event, on a transfer of one side or an
-- assembly at another value;
-- ``cost_without_goods``: what left stock as sold (less what came back), less the cost of sales that was booked.
with stock as (
    select period, book, sum(opening_amount) as opening,
        sum(brought_forward_amount + received_amount + returned_to_vendors_amount + revalued_amount) as purchases,
        sum(closing_amount) as closing, -sum(adjusted_amount + written_off_amount) as stock_losses,
        -sum(transferred_in_amount + transferred_out_amount + assembled_amount + used_in_assemblies_amount + other_amount)
            as other_movements,
        -sum(sold_amount + returned_by_customers_amount) as sold
    from roll_forward
    group by all
),
costs as (
    select period, book, sum(amount) as perpetual from book_totals where role = 'cogs' group by all
)
select period, book, money(opening) as opening, money(purchases) as purchases, money(closing) as closing,
    money(opening + purchases - closing) as periodic, money(coalesce(perpetual, 0)) as perpetual,
    money(opening + purchases - closing - coalesce(perpetual, 0)) as gap,
    money(stock_losses) as stock_losses, money(other_movements) as other_movements,
    money(sold - coalesce(perpetual, 0)) as cost_without_goods
from stock
left join costs using (period, book)
join periods using (period)
order by number, array_position(['recorded', 'corrected', 'expected'], book)

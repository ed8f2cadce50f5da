-- Where a system's count of the stock is not what the history of stock events leaves: a risk to what is sold and bought, not
-- yet a difference between the books.
-- Grain: one row per row of ``stock_snapshots`` that differs. ``difference`` = snapshot − replayed; ``amount``: that at the
-- replayed unit cost of the item, functional currency.
select system, taken_at, sku, location, status, quantity, replayed_quantity,
    (quantity - replayed_quantity)::decimal(18, 4) as difference,
    share_of_money(pool.amount, difference, pool.quantity) as amount
from counted_stock
where system is not null and quantity <> replayed_quantity
order by system, taken_at, sku, location, status

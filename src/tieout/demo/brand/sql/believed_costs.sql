-- What the costing system was told that an item costs, month by month: its latest purchase price, as it was keyed in.
-- Grain: one item and month. Cents.
with prices as (
    select items.sku, months.month, purchases.unit_price, purchases.currency
    from items
    cross join months
    asof join purchase_lines as purchases on items.sku = purchases.sku and midnight(months.month) >= purchases.ordered_at
),
openings as (
    select items.sku, months.month, min(events.unit_cost) as unit_cost
    from items
    cross join months
    join stock_events as events on items.sku = events.sku and events.type = 'opening'
    group by all
)
select openings.sku, openings.month, coalesce(converted(prices.unit_price, if(prices.currency = 'EUR', 10800, 10000)),
    openings.unit_cost)
    as unit_cost
from openings
left join prices using (sku, month)

-- Credits beyond what the goods of a receipt were worth: stock stands at zero, the rest Dr inventory, Cr purchase price
-- variance, under the receipt.
-- Grain: one row per expected line.
with credited as (
    select costs.event_id, rows.type, goods.sku, rows.to_location, rows.arrives_at, rows.date,
        part_of(costs.excess, weight_before, weight_until, weight_of_all) as excess
    from receipt_costs as costs
    join stock_rows as rows using (event_id)
    join moved_goods as goods using (event_id)
    where costs.excess > 0
)
select event_id, type as event_type, sides.role, sku,
    case when sides.role = 'inventory' then to_location else arrives_at end as location,
    null as channel, date, null::decimal(18, 4) as quantity, sides.side * excess as amount
from credited
cross join (values ('inventory', 1), ('purchase_price_variance', -1)) as sides (role, side)

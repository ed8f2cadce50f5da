-- Credits beyond what the goods of a receipt were worth: stock stands at zero, the rest Dr inventory, Cr purchase price
-- variance, under the receipt.
-- Grain: one row per expected line.
with credited as (
    select costs.event_id, rows.type, legs.sku, rows.to_location, rows.arrives_at, rows.date, costs.excess
    from goods_costs as costs
    join stock_rows as rows using (event_id)
    join valued_legs as legs on costs.event_id = legs.event_id and costs.part = legs.leg
    where costs.excess > 0 and not legs.is_at_standard
)
select event_id, type as event_type, sides.role, sku,
    case when sides.role = 'inventory' then to_location else arrives_at end as location,
    null as channel, date, null::decimal(18, 4) as quantity, sides.side * excess as amount
from credited
cross join (values ('inventory', 1), ('purchase_price_variance', -1)) as sides (role, side)

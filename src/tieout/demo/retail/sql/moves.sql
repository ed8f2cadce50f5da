-- Every movement of valued goods. Damaged returns never enter a pool: they lose their value at once.
-- Grain: one stock event and sku (a kit's dispatch has one row per component). ``worth`` of inflows in pence: as it
-- is, and as the ledger knows it, without the freight bills that never reached it. A load on the road has a pool of
-- its own.
with freight as (
    select event_id, sum(amount)::bigint as amount,
        coalesce(sum(amount) filter (where not is_omitted), 0)::bigint as known
    from landed_costs
    group by event_id
),
costed_inflows as (
    select stock.event_id, stock.sku, stock.quantity, stock.location, stock.moment,
        pence(stock.quantity * costs.unit_cost) as worth
    from corrections_of_stock as stock
    join monthly_costs as costs on stock.sku = costs.sku and month_number(stock.moment) = costs.month
    where stock.is_inflow
)
select event_id, sku, quantity, null as from_holding, location as to_holding, moment,
    worth + coalesce(freight.amount, 0) as worth, worth + coalesce(freight.known, 0) as known_worth,
    null as source_event
from purchases
left join freight using (event_id)
union all
select event_id, sku, quantity, null, location, moment, worth, worth, null from costed_inflows
union all
select event_id, sku, quantity, location, null, moment, 0, 0, null from corrections_of_stock where not is_inflow
union all
select event_id, sku, quantity, location, null, moment, 0, 0, null from shipped_parts
union all
select return_id, sku, quantity, null, case when is_damaged then null else location end, returned_at, 0, 0, sale_event
from credit_lines
where is_goods_back
union all
select event_id, sku, quantity,
    case from_location when 'ROAD' then document else from_location end,
    case to_location when 'ROAD' then document else to_location end,
    moment, 0, 0, null
from transfers

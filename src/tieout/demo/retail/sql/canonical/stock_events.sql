-- Grain: one movement of goods, or the dispatch of a charge; GBP per unit.
select event_id, type, sku, quantity, null as from_location, location as to_location, null as from_status,
    'available' as to_status, moment as occurred_at, unit_cost::decimal(18, 6) as unit_cost, null as order_id,
    null as line_no, null as channel, document, null as source_event_id, null as disposition, null as reason,
    'wms' as system
from purchases
union all
select event_id, 'shipment', sku, quantity, location, null, 'available', null, shipped_at, null, order_id,
    line_no::varchar, channel, order_id, null, null, null, 'wms'
from shipments
union all
select return_id, 'customer_return', sku, quantity, null, location, null,
    case when is_damaged then 'damaged' else 'available' end, returned_at, null, order_id, line_no::varchar, channel,
    invoice, sale_event, case when is_damaged then 'damaged' else 'sellable' end, null, 'wms'
from credit_lines
where is_goods_back
union all
select event_id, 'transfer', sku, quantity, from_location, to_location, 'available', 'available', moment, null, null,
    null, null, document, null, null, null, 'wms'
from transfers
union all
select stock.event_id, stock.type, stock.sku, stock.quantity,
    case when not is_inflow then location end, case when is_inflow then location end,
    case when not is_inflow then 'available' end, case when is_inflow then 'available' end,
    moment, case when is_inflow then costs.unit_cost end::decimal(18, 6),
    null, null, null, null, null, null, reason, 'wms'
from corrections_of_stock as stock
join monthly_costs as costs on stock.sku = costs.sku and month_number(moment) = costs.month
order by occurred_at, event_id

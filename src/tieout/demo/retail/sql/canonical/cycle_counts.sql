-- Grain: one real count; units.
select 'COUNT-' || stock.row as count_id, stock.sku, stock.location,
    valued_legs.units_before + case when stock.is_inflow then stock.quantity else -stock.quantity end
        as counted_quantity,
    valued_legs.units_before as system_quantity, stock.moment as counted_at, stock.event_id
from corrections_of_stock as stock
join valued_legs using (event_id)
where stock.type = 'count'
order by count_id

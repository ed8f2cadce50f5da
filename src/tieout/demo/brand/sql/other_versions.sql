-- Kits that shipped in their later version, and what their earlier one would have taken.
-- Grain: one shipment of a kit and component. Units.
select events.event_id, parts.component_sku as sku, parts.quantity * events.quantity as units
from stock_events as events
join kit_components as parts on events.sku = parts.kit_sku and parts.valid_to <= events.occurred_at
where events.type = 'shipment'

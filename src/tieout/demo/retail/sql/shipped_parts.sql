-- The goods that really left for each dispatch: a kit's components, else the product itself. Charges have none.
-- Grain: one dispatch and sku.
select
    shipments.event_id, shipments.row, shipments.location, shipments.channel, shipments.shipped_at as moment,
    coalesce(kit_parts.component_sku, shipments.sku) as sku,
    shipments.quantity * coalesce(kit_parts.quantity, 1) as quantity
from shipments
left join kit_parts on shipments.sku = kit_parts.kit_sku
where shipments.is_goods

-- What moved in a period, all of it dated at its end. Consignments come from the place ``own warehouse`` and recalls go there;
-- moves between Flipkart's warehouses have their other end in ``flipkart``: [source.locations] says what these are.
-- Grain: one row per movement that is not nil; balances only where no earlier period is loaded.
with movements as (
    select *, [
        {'name': 'opening', 'type': 'opening', 'quantity': case when is_first then opening end,
            'from': null, 'to': warehouse_id, 'status': 'available'},
        {'name': 'opening unsellable', 'type': 'opening', 'quantity': case when is_first then opening_damaged end,
            'from': null, 'to': warehouse_id, 'status': 'damaged'},
        {'name': 'consignment inward', 'type': 'transfer', 'quantity': inward,
            'from': 'own warehouse', 'to': warehouse_id, 'status': null},
        {'name': 'orders dispatches', 'type': 'shipment', 'quantity': dispatched,
            'from': warehouse_id, 'to': null, 'status': null},
        {'name': 'order returns', 'type': 'customer_return', 'quantity': returned,
            'from': null, 'to': warehouse_id, 'status': null},
        {'name': 'seller recalls', 'type': 'transfer', 'quantity': recalled - not_recalled,
            'from': warehouse_id, 'to': 'own warehouse', 'status': null},
        {'name': 'IWIT inward', 'type': 'transfer', 'quantity': moved_in,
            'from': 'flipkart', 'to': warehouse_id, 'status': null},
        {'name': 'IWIT outward', 'type': 'transfer', 'quantity': moved_out,
            'from': warehouse_id, 'to': 'flipkart', 'status': null},
        {'name': 'found inventory', 'type': 'adjustment', 'quantity': found, 'from': null, 'to': warehouse_id, 'status': null},
        {'name': 'lost inventory', 'type': 'adjustment', 'quantity': lost, 'from': warehouse_id, 'to': null, 'status': null}
    ] as movements
    from flipkart_inventory_ledger_rows
),
parted as (
    select * exclude (movements), unnest(movements) as movement from movements
)
select key || ':' || movement.name as event_id, movement.type as type, sku, abs(movement.quantity)::varchar as quantity,
    case when movement.quantity < 0 then movement.to else movement.from end as from_location,
    case when movement.quantity < 0 then movement.from else movement.to end as to_location, movement.status as to_status,
    case when movement.type = 'opening' then starts_at else ends_at end as occurred_at,
    case when movement.type = 'opening' then unit_cost end as unit_cost, 'flipkart' as channel,
    movement.name as reason, 'flipkart' as system, source_file, source_row
from parted
where movement.quantity <> 0

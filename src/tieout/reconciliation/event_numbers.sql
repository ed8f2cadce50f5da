-- The numbers by which a ledger entry may name an event: its key, its order, its document.
-- Grain: one row per event, number and kind (``key``, ``order``, ``document``); a document that bears the number of its order is
-- the order.
select event_id, event_type, sku, event_id as number, 'key' as kind from event_keys
union all
select event_id, event_type, sku, order_id, 'order' from event_keys where order_id is not null
union all
select event_id, event_type, sku, document, 'document'
from event_keys
where document is not null and document is distinct from order_id

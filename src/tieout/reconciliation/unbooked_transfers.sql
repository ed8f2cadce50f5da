-- Transfers between places that no ledger entry names: a book that ignores them has the goods where they were.
-- Grain: one row per transfer.
select rows.event_id, rows.sku, rows.ships_from, rows.arrives_at, rows.quantity, rows.position
from stock_rows as rows
anti join linked_lines as lines using (event_id)
where rows.type = 'transfer' and rows.owner = 'own' and rows.ships_from <> rows.arrives_at

-- How finely the ledger books: for single events, or for many at once.
-- Grain: one row. Ledger lines that belong to anything; of these those of batches, and of these those that name an item.
select
    count(*) as lines,
    count(batch_id) as batch_lines,
    count(batch_id) filter (where sku is not null) as item_lines
from linked_lines
where event_id is not null or batch_id is not null

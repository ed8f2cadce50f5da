-- Freight on the receipts of the stock history: one in eight gets a bill, half of the bills ten days after the goods.
-- Grain: one row per cost document, as in the canonical table costs.
select
    'C' || event_id as cost_id, 'landed_cost' as type, event_id,
    (1 + hash(event_id) // 16 % 5000)::decimal(18, 2) / 100 as amount,
    occurred_at + case when hash(event_id) % 16 = 0 then interval 10 day else interval 0 day end as effective_at
from events
where type = 'receipt' and hash(event_id) % 8 = 0

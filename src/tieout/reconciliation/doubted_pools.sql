-- The pools whose goods the ledger valued otherwise than the expected book: only there is it worth asking why.
-- Grain: one row per pool.
select distinct cells.pool
from differences
join cells on differences.sku = cells.sku
where differences.half = 'goods' and differences.step in ('unit_cost', 'unmatched') and differences.unit_kind = 'event'

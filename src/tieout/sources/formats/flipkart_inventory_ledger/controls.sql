-- Do the closing balances follow from the opening ones and what moved?
-- Grain: one row per warehouse, period and file.
select source_file, 'closing balance' as control, warehouse_id || ' ' || ends_on as id,
    sum(coalesce(number(closing), 0) + coalesce(number(closing_damaged), 0))::decimal(38, 6) as expected,
    sum(moved)::decimal(38, 6) as found
from flipkart_inventory_ledger_rows
group by source_file, warehouse_id, ends_on

-- The balances at the end of a period.
-- Grain: one row per item, warehouse, period and state; of all listings of the item.
with balances as (
    select *, unnest([
        {'status': 'available', 'quantity': closing}, {'status': 'damaged', 'quantity': closing_damaged}
    ]) as balance
    from flipkart_inventory_ledger_rows
)
select 'flipkart' as system, ends_at as taken_at, sku, warehouse_id as location, balance.status as status,
    coalesce(sum(number(balance.quantity))::varchar, any_value(balance.quantity)) as quantity, source_file,
    min(source_row) as source_row, list(source_row) as source_rows
from balances
group by ends_at, sku, warehouse_id, balance.status, source_file

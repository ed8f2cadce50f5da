-- Rows whose closing balance is not what moved: Flipkart's ledger has them, and they may cancel out in a warehouse's total.
-- Grain: one row per file that has any.
with gaps as (
    select source_file, moved - coalesce(number(closing), 0) - coalesce(number(closing_damaged), 0) as gap
    from flipkart_inventory_ledger_rows
)
select 'ledger_gap' as finding, 'warning' as severity, 'stock_snapshots' as "table", source_file as id,
    count(*) || ' rows close with another balance than their movements leave' as message,
    sum(abs(gap))::decimal(18, 4) as quantity, null::decimal(38, 6) as amount
from gaps
where gap <> 0
group by source_file

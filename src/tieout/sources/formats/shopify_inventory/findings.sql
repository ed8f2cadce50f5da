-- Counts that were not taken, for nothing says when they were made.
-- Grain: one row per file whose name has no date.
select 'undated_stock' as finding, 'warning' as severity, 'stock_snapshots' as "table", source_file as id,
    'the export does not say when it was taken, so its counts are left out; write the day, and best the hour, into the file''s'
        || ' name: inventory_export_2026-03-31_1830.csv' as message,
    coalesce(sum(number(on_hand)), 0)::decimal(18, 4) as quantity, null::decimal(38, 6) as amount
from shopify_inventory_counts
where taken_at is null
group by source_file

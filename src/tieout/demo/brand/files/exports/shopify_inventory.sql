-- Shopify's inventory exports: units on hand of each item at each place; the file's name says when.
-- Grain: one item and place; a file for each moment.
select 'shopify/inventory/inventory_export_' || strftime(taken_at, '%Y-%m-%d_%H%M') || '.csv' as file, lower(sku) as "Handle",
    items.name as "Title", 'Title' as "Option1 Name", 'Default Title' as "Option1 Value",
    null as "Option2 Name", null as "Option2 Value", null as "Option3 Name", null as "Option3 Value", sku as "SKU",
    location as "Location", 0 as "Incoming (not editable)", 0 as "Unavailable (not editable)", 0 as "Committed (not editable)",
    quantity as "Available (not editable)", quantity as "On hand (current)", null as "On hand (new)"
from canonical.stock_snapshots
left join (select sku, name from canonical.items) as items using (sku)
where carrier = 'shopify_inventory'
order by taken_at, sku, location

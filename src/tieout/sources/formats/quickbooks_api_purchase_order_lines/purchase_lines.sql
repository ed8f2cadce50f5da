-- What was ordered from vendors, who go by their ids.
-- Grain: one row per line that buys an item.
with orders as (
    from quickbooks_api_purchase_orders
    qualify row_number() over (partition by id order by source_file, source_row) = 1
),
items as (
    select id, any_value(coalesce(stock_keeping_unit, name)) as sku from quickbooks_api_items group by id
)
select purchase_order_id as po_id, lines.index as line_no, vendor_id as vendor, coalesce(items.sku, item_expense_item_id) as sku,
    plain_number(item_expense_quantity) as quantity, plain_number(item_expense_unit_price) as unit_price,
    currency_id as currency, iso_time(transaction_date, orders.file_zone, orders.file_dates) as ordered_at,
    iso_time(due_date, orders.file_zone, orders.file_dates) as expected_at,
    case when lower(status) = 'closed' then iso_time(updated_at, orders.file_zone, orders.file_dates) end as closed_at,
    lines.source_file, lines.source_row
from quickbooks_api_purchase_order_lines as lines
left join orders on purchase_order_id = orders.id
left join items on item_expense_item_id = items.id
where lines.is_data

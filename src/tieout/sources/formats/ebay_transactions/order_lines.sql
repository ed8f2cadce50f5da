-- What buyers ordered.
-- Grain: one row per item of an order. A row without an item is the order's head: its money is in settlement_lines.
select order_id, key as line_no, 'ebay' as channel, coalesce(custom_label, item_id) as sku, plain_number(quantity) as quantity,
    case when number(quantity) > 0 and subtotal is not null
        then price_of_one(subtotal, number(quantity))
        else plain_number(item_subtotal) end as unit_price,
    shipping::varchar as shipping, (case when seller_tax <> 0 then seller_tax else ebay_tax end)::varchar as tax,
    case when seller_tax <> 0 then 'shop' else 'channel' end as tax_collected_by, currency, created_at as ordered_at,
    source_file, source_row
from ebay_transactions_rows
where event = 'order' and coalesce(custom_label, item_id) is not null

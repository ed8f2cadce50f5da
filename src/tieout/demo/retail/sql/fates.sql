-- What became of every real row.
-- Grain: one source row; ``key`` is the row's key in the canonical ``table``. A rejected row is written there in a
-- shape that the loader refuses: without a product, or without the order that it takes back.
select
    uses.row,
    case
        when uses.use = 'bad debt' then 'rejected: bad debt is no sale'
        when uses.use = 'sale' and cancellations.row is not null then 'order line cancelled before dispatch'
        when uses.use = 'sale' and not uses.is_goods then 'charge sold'
        when uses.use = 'sale' and uses.price = 0 then 'goods given away'
        when uses.use = 'sale' then 'goods sold'
        when uses.use = 'credit' and credit_lines.row is null then 'cancellation of an order line'
        when uses.use = 'credit' and credit_lines.outcome = 'unmatched' then 'rejected: no sale to take back'
        when uses.use = 'credit' and credit_lines.is_goods_back then 'goods returned and refunded'
        when uses.use = 'credit' and credit_lines.outcome = 'returned' then 'refunded, goods kept by the customer'
        when uses.use = 'credit' then 'allowance refunded'
        when uses.use = 'fee' then 'fee'
        when uses.use = 'fee reversal' then 'fee credited'
        else 'stock ' || stock.type || case when stock.is_inflow then ' in' else ' out' end
    end as fate,
    case uses.use
        when 'credit' then case when credit_lines.row is null then 'order_lines' else 'refunds' end
        when 'fee' then 'fees' when 'fee reversal' then 'fees'
        when 'stock in' then 'stock_events' when 'stock out' then 'stock_events'
        else 'order_lines'
    end as "table",
    case uses.use
        when 'bad debt' then uses.invoice || '/1'
        when 'sale' then sale_lines.order_id || '/' || sale_lines.line_no
        when 'credit' then coalesce(credit_lines.refund_id, cancelled.order_id || '/' || cancelled.line_no)
        when 'fee' then event_key('FEE', uses.row)
        when 'fee reversal' then event_key('FEE', uses.row)
        else stock.event_id
    end as key
from uses
left join sale_lines using (row)
left join cancellations using (row)
left join credit_lines using (row)
left join credit_matches using (row)
left join sale_lines as cancelled on credit_matches.sale_row = cancelled.row
left join corrections_of_stock as stock using (row)

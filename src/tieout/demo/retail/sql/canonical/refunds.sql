-- Grain: one real credit row that is no cancellation; GBP without tax. Without an order it takes nothing back: refused.
select refund_id, order_id, line_no::varchar as line_no, channel, sku,
    case when is_goods then quantity end as quantity,
    pounds(value) as amount, moment as refunded_at,
    case when is_goods_back then 'return' else 'no_restock' end as restock_type
from credit_lines
order by refund_id

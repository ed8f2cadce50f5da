-- Credit notes as refunds, and the goods that came back with them. One small refund in seven leaves the goods with the
-- customer; so does every refund of a kit. One return in eight is damaged.
-- Grain: one source row; ``value`` in pence. ``sale_event`` is empty where no sale was found or an order was refunded.
with matched as (
    select
        uses.row, uses.invoice, uses.sku, uses.is_goods, -uses.quantity as quantity, uses.moment,
        pence(-uses.quantity * uses.price) as value,
        credit_matches.outcome, credit_matches.order_id, credit_matches.sale_row,
        sales.line_no, sales.event_id as sale_event, sales.location,
        coalesce(sales.channel, orders.channel) as channel,
        event_key('RFD', uses.row) as refund_id,
        draw(uses.invoice || uses.row, 'scan', 5) as days
    from uses
    join credit_matches using (row)
    left join sale_lines as sales on credit_matches.sale_row = sales.row
    left join orders on credit_matches.order_id = orders.order_id
    where credit_matches.outcome <> 'cancelled'
)
select
    *,
    outcome = 'returned' and sku not in (select kit_sku from kit_parts)
        and not (value <= 1500 and draw(refund_id, 'kept', 7) = 0) as is_goods_back,
    event_key('RET', row) as return_id,
    case
        when days = 0 then moment + interval 20 minute
        else in_office_hours(moment::date + days::integer, refund_id, 'scan')
    end as returned_at,
    draw(refund_id, 'damaged', 8) = 0 as is_damaged
from matched

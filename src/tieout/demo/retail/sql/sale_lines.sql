-- Every real sale: goods, carriage and other charges, and goods given away.
-- Grain: one source row. ``value`` in pence, quantity times price rounded once.
select
    uses.row,
    event_key('SHP', uses.row) as event_id,
    orders.order_id,
    row_number() over (partition by orders.order_id order by uses.row) as line_no,
    orders.channel, orders.location, orders.country,
    uses.sku, uses.is_goods, uses.quantity, uses.price,
    pence(uses.quantity * uses.price) as value,
    uses.moment as ordered_at,
    orders.shipped_at
from uses
join orders on uses.invoice = orders.order_id
where uses.use = 'sale'

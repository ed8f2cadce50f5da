-- Order lines that were cancelled before anything left, and for which there was not enough: the goods had been sold twice.
-- What was there counts over all places, as far as it could be sold; from it goes what earlier orders on any channel had been
-- promised, each until its first shipment or its cancellation. A cancellation while there was enough, or by the customer, is
-- not one. Virtual kits are left out: what could have been built of them depends on what else their components were promised to.
-- Grain: one row per order line. ``on_hand`` and ``promised``: when it was ordered; ``lost_demand``: what could not be delivered.
with shipped as (
    select order_id, line_no, min(occurred_at) as shipped_at
    from stock_rows
    where type = 'shipment' and order_id is not null
    group by all
),
lines as (
    select lines.order_id, lines.line_no, lines.channel, lines.sku, lines.ordered_at, lines.quantity, lines.cancel_reason,
        case when lines.cancelled_at <= as_of.moment then lines.cancelled_at end as cancelled_at,
        coalesce(own.shipped_at, whole.shipped_at) as shipped_at
    from order_lines as lines
    cross join as_of
    left join shipped as own on lines.order_id = own.order_id and lines.line_no = own.line_no
    left join shipped as whole on lines.order_id = whole.order_id and whole.line_no is null
    where lines.ordered_at <= as_of.moment and lines.sku not in (select sku from items where kit_type = 'virtual'
        or not is_stocked)
),
doubted as (
    select distinct sku from lines where cancelled_at is not null and shipped_at is null
),
changes as (
    select sku, occurred_at as moment, 0 as rank, null as order_id, null as line_no, quantity as on_hand, 0 as promised
    from stock_moves
    where status in ('available', 'reserved')
    union all
    select sku, least(shipped_at, cancelled_at), 0, null, null, 0, -quantity
    from lines
    where shipped_at is not null or cancelled_at is not null
    union all
    select sku, ordered_at, 1, order_id, line_no, 0, quantity from lines
),
moments as (
    select order_id, line_no, sum(on_hand) over so_far as on_hand, sum(promised) over so_far as promised
    from changes
    semi join doubted using (sku)
    window so_far as (
        partition by sku order by moment, rank, order_id, line_no rows between unbounded preceding and current row
    )
),
stood as (
    select lines.*, moments.on_hand::decimal(18, 4) as on_hand, (moments.promised - lines.quantity)::decimal(18, 4) as promised
    from lines
    join moments using (order_id, line_no)
    where cancelled_at is not null and shipped_at is null
)
select order_id, line_no, channel, sku, ordered_at, cancelled_at, quantity, on_hand, promised,
    least(quantity, quantity + promised - on_hand)::decimal(18, 4) as lost_demand
from stood
where quantity + promised > on_hand
    and not coalesce(regexp_matches(lower(cancel_reason), 'customer|buyer|fraud|declined'), false)

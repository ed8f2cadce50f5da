-- What buyers got back; the report gives no units for it.
-- Grain: one row per refunded item and moment, of all its amounts. Tax is what is left of it once Amazon withheld its own.
select settlement_id || ':' || min(line_no::bigint) as refund_id, order_id, channel, sku,
    (-coalesce(sum(cash) filter (where type = 'refund' and part = 'price'), 0))::varchar as amount,
    (-coalesce(sum(cash) filter (where type = 'refund' and part = 'shipping'), 0))::varchar as shipping,
    (-coalesce(sum(cash) filter (where type = 'tax'), 0))::varchar as tax,
    coalesce(sum(cash) filter (where type = 'refund' and part = 'restocking'), 0)::varchar as restocking_fee,
    currency, posted_at as refunded_at, settlement_id, source_file,
    min(source_row) as source_row, flatten(list(source_rows)) as source_rows
from amazon_settlement_v1_amounts
where is_refund and type in ('refund', 'tax') and cash is not null
group by settlement_id, order_id, channel, sku, order_item_code, adjustment_id, currency, posted_at, source_file

-- What buyers got back.
-- Grain: one row per refund row of the report. Tax is what is left of it once Amazon withheld its own.
select settlement_id || ':' || document || ':' || row_number as refund_id, order_id, channel, sku,
    plain_number(max(quantity)) as quantity,
    (-coalesce(sum(cash) filter (where type = 'refund' and column_kind <> 'shipping'), 0))::varchar as amount,
    (-coalesce(sum(cash) filter (where column_kind = 'shipping'), 0))::varchar as shipping,
    (-coalesce(sum(cash) filter (where type = 'tax'), 0))::varchar as tax,
    currency, posted_at as refunded_at, settlement_id, source_file, source_row
from amazon_date_range_amounts
where is_refund and order_id is not null
group by all
having count(*) filter (where type in ('refund', 'tax')) > 0

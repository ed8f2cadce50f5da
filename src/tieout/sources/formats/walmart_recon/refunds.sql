-- What buyers got back; tax is what is left of it once Walmart withheld its own.
-- Grain: one row per order line and moment, of all its amounts.
select settlement_id || ':' || min(line_no::bigint) as refund_id, order_id, 'walmart' as channel, sku,
    (-coalesce(sum(cash) filter (where type = 'refund' and part = 'price'), 0))::varchar as amount,
    (-coalesce(sum(cash) filter (where type = 'refund' and part = 'shipping'), 0))::varchar as shipping,
    (-coalesce(sum(cash) filter (where type = 'tax'), 0))::varchar as tax, currency, posted_at as refunded_at, settlement_id,
    source_file, min(source_row) as source_row, list(source_row) as source_rows
from walmart_recon_amounts
where event like 'refund%' and type in ('refund', 'tax') and cash is not null
group by settlement_id, order_id, order_line, sku, currency, posted_at, source_file

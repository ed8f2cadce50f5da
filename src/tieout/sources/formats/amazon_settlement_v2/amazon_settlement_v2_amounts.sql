-- What each amount of a settlement is. Amazon lists no values: what is not known here stays, as ``other``.
-- Grain: one amount (a row of the report). ``amount``: as cash to the seller, in the settlement's currency. ``goods`` parts
-- what was refunded into the price, its shipping and its tax; ``line_no`` counts the amounts of a settlement in one file.
with settled as (
    select source_file, settlement_id, max(lower(marketplace_name)) filter (where marketplace_name not ilike 'non-amazon%')
        as marketplace, max(currency) as currency
    from amazon_settlement_v2
    where is_data
    group by all
),
amounts as (
    select raw.*, coalesce(settled.marketplace, 'amazon') as channel, settled.currency as settled_in,
        row_number() over (partition by source_file, settlement_id order by source_row)::varchar as line_no,
        number(raw.amount) as cash, lower(amount_description) as said,
        iso_time(coalesce(posted_date_time, posted_date), file_zone, file_dates) as posted_at,
        regexp_matches(lower(transaction_type), 'refund|chargeback|a-to-z') as is_refund
    from amazon_settlement_v2 as raw
    join settled using (source_file, settlement_id)
    where is_data and total_amount is null
)
select source_file, source_row, settlement_id, line_no, channel, settled_in as currency, order_id, adjustment_id,
    order_item_code, sku, quantity_purchased, posted_at, cash, amount as written, is_refund, amount_type, said,
    case
        when regexp_matches(said, 'reserve amount|successful charge|payable to amazon|micro deposit')
            or lower(transaction_type) in ('transfer', 'payable to amazon', 'successful charge', 'micro deposit') then 'reserve'
        when regexp_matches(said, 'reimburs|warehouse_|missing_from_inbound|compensated_clawback|free_replacement|removal_order_')
            then 'reimbursement'
        when regexp_matches(said, 'tax|facilitator|\b(gst|vat|tds|tcs)\b') or lower(amount_type) = 'itemwithheldtax'
            then 'tax'
        when lower(amount_type) in ('itemfees', 'shipment-fees', 'fbafees') or lower(transaction_type) in ('servicefee', 'fbafees')
            or regexp_matches(said, 'fee|storage|commission|advertising|subscription|chargeback|disposal|removal|transportation')
            and lower(amount_type) not in ('itemprice', 'promotion') then 'fee'
        when is_refund then 'refund'
        when lower(amount_type) in ('itemprice', 'promotion') then 'sale'
        when regexp_matches(lower(transaction_type), 'adjust') or regexp_matches(said, 'adjust') then 'adjustment'
        else 'other'
    end as type,
    case
        when regexp_matches(said, 'commission|closing') then 'referral'
        when regexp_matches(said, 'storage') then 'storage'
        when regexp_matches(said, 'advertis') then 'advertising'
        when regexp_matches(said, 'fulfil|pick|weight|shipping|inbound|transportation|removal|disposal') then 'fulfilment'
        else 'other'
    end as fee_type,
    case when regexp_matches(said, 'shipping') then 'shipping' when said = 'restockingfee' then 'restocking' else 'price' end as part
from amounts

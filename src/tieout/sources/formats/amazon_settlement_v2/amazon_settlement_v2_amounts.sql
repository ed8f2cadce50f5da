-- What each amount of a settlement is. Amazon lists no values: what is not known here stays, as ``other``.
-- Grain: one amount (a row of the report). ``cash``: to the seller, in the settlement's currency. ``part`` parts what was
-- refunded into the price, its shipping and what Amazon kept; ``line_no`` counts the amounts of a settlement in one file.
with settled as (
    select source_file, settlement_id, max(currency) as currency,
        coalesce(max(lower(marketplace_name)) filter (where marketplace_name not ilike 'non-amazon%'), 'amazon') as channel,
        min(source_row) filter (where total_amount is null) as first_row,
        max(source_row) filter (where total_amount is null) - first_row + 1 = count(*) filter (where total_amount is null)
            as is_together
    from amazon_settlement_v2
    where is_data
    group by all
),
kinds as (
    -- A few hundred at most, so each is judged once.
    select distinct transaction_type, amount_type, amount_description, lower(transaction_type) as event,
        lower(amount_type) as component, lower(amount_description) as said
    from amazon_settlement_v2
    where is_data and total_amount is null
),
judged as (
    select *, coalesce(regexp_matches(event, 'refund|chargeback|a-to-z'), false) as is_refund,
        case
            when regexp_matches(said, 'reserve amount|successful charge|payable to amazon|micro deposit')
                or event in ('transfer', 'payable to amazon', 'successful charge', 'micro deposit') then 'reserve'
            when regexp_matches(
                said, 'reimburs|warehouse_|missing_from_inbound|compensated_clawback|free_replacement|removal_order_')
                then 'reimbursement'
            when regexp_matches(said, 'tax|facilitator|\b(gst|vat|tds|tcs)\b') or component = 'itemwithheldtax' then 'tax'
            when component in ('itemfees', 'shipment-fees', 'fbafees') or event in ('servicefee', 'fbafees')
                or component not in ('itemprice', 'promotion') and regexp_matches(
                    said, 'fee|storage|commission|advertising|subscription|chargeback|disposal|removal|transportation') then 'fee'
            when is_refund then 'refund'
            when component in ('itemprice', 'promotion') then 'sale'
            when regexp_matches(event, 'adjust') or regexp_matches(said, 'adjust') then 'adjustment'
            else 'other'
        end as type,
        case
            when regexp_matches(said, 'commission|closing') then 'referral'
            when regexp_matches(said, 'storage') then 'storage'
            when regexp_matches(concat(component, ' ', said), 'advertis') then 'advertising'
            when regexp_matches(said, 'fulfil|pick|weight|shipping|inbound|transportation|removal|disposal') then 'fulfilment'
            else 'other'
        end as fee_type,
        case when regexp_matches(said, 'shipping') then 'shipping' when said = 'restockingfee' then 'restocking' else 'price' end
            as part
    from kinds
),
scattered as (
    -- To sort takes longer than all else, so only the rows are numbered that do not stand together.
    select source_file, source_row, row_number() over (partition by source_file, settlement_id order by source_row) as line_no
    from amazon_settlement_v2
    semi join (from settled where not is_together) using (source_file, settlement_id)
    where is_data and total_amount is null
)
select raw.source_file, raw.source_row, raw.settlement_id,
    coalesce(scattered.line_no, raw.source_row - first_row + 1)::varchar as line_no,
    settled.channel, settled.currency, order_id, adjustment_id, order_item_code, sku,
    case when said = 'principal' and component = 'itemprice' then quantity_purchased end as quantity,
    iso_time(coalesce(posted_date_time, posted_date), file_zone, file_dates) as posted_at,
    number(amount) as cash, amount as written,
    judged.is_refund, judged.type, judged.fee_type, judged.part
from amazon_settlement_v2 as raw
join settled on raw.source_file = settled.source_file and raw.settlement_id = settled.settlement_id
left join scattered on raw.source_file = scattered.source_file and raw.source_row = scattered.source_row
join judged
    on raw.transaction_type is not distinct from judged.transaction_type
    and raw.amount_type is not distinct from judged.amount_type
    and raw.amount_description is not distinct from judged.amount_description
where is_data and total_amount is null

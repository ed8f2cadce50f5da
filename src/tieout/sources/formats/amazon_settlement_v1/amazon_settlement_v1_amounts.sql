-- What each amount of a settlement is. Amazon lists no values: what is not known here stays, as ``other``.
-- Grain: one filled amount of a row, or units for which no price is given. ``cash``: to the seller, in the settlement's
-- currency. ``part`` parts what was refunded into the price, its shipping and what Amazon kept; ``line_no`` counts the amounts
-- of a settlement in one file. The row with an item's units goes with the row of its price: both are in ``source_rows``.
with settled as (
    select source_file, settlement_id, max(currency) as currency,
        coalesce(max(lower(marketplace_name)) filter (where marketplace_name not ilike 'non-amazon%'), 'amazon') as channel
    from amazon_settlement_v1
    where is_data
    group by all
),
cells as (
    select raw.*, cell.place as place, cell.component as component, cell.said as said, cell.written as written,
        coalesce(price_amount, shipment_fee_amount, order_fee_amount, item_related_fee_amount, misc_fee_amount,
            other_fee_amount, promotion_amount, direct_payment_amount, other_amount) is null as is_units
    from amazon_settlement_v1 as raw
    cross join lateral (select unnest([
        {'place': 1, 'component': 'price', 'said': price_type, 'written': price_amount},
        {'place': 2, 'component': 'shipment fee', 'said': shipment_fee_type, 'written': shipment_fee_amount},
        {'place': 3, 'component': 'order fee', 'said': order_fee_type, 'written': order_fee_amount},
        {'place': 4, 'component': 'item fee', 'said': item_related_fee_type, 'written': item_related_fee_amount},
        {'place': 5, 'component': 'misc fee', 'said': null, 'written': misc_fee_amount},
        {'place': 6, 'component': 'other fee', 'said': other_fee_reason_description, 'written': other_fee_amount},
        {'place': 7, 'component': 'promotion', 'said': promotion_type, 'written': promotion_amount},
        {'place': 8, 'component': 'direct payment', 'said': direct_payment_type, 'written': direct_payment_amount},
        {'place': 9, 'component': 'other', 'said': transaction_type, 'written': other_amount}
    ]) as cell)
    where is_data and total_amount is null
),
amounts as (
    -- The price of an item takes its units; whatever else has units has them on its own row.
    select *, lower(coalesce(said, component)) as named, lower(transaction_type) as event,
        component = 'price' and lower(said) = 'principal' as is_price,
        row_number() over (partition by source_file, settlement_id, transaction_type, order_id, shipment_id, order_item_code, sku,
            is_units, component = 'price' and lower(said) = 'principal' order by source_row, place) as number
    from cells
    where written is not null or is_units and place = 1
),
counted as (
    select amounts.*, units.source_row as units_row,
        coalesce(amounts.quantity_purchased, units.quantity_purchased) as quantity
    from amounts
    left join amounts as units
        on amounts.is_price and units.is_units and amounts.number = units.number
        and amounts.source_file = units.source_file and amounts.settlement_id = units.settlement_id
        and amounts.transaction_type is not distinct from units.transaction_type
        and amounts.order_id is not distinct from units.order_id
        and amounts.shipment_id is not distinct from units.shipment_id
        and amounts.order_item_code is not distinct from units.order_item_code
        and amounts.sku is not distinct from units.sku
),
judged as (
    select *, coalesce(regexp_matches(event, 'refund|chargeback|a-to-z'), false) as is_refund,
        case
            when regexp_matches(named, 'reserve|successful charge|payable to amazon|micro deposit|^transfer') then 'reserve'
            when regexp_matches(
                named, 'reimburs|warehouse_|missing_from_inbound|compensated_clawback|free_replacement|removal_order_')
                then 'reimbursement'
            when regexp_matches(named, 'tax|facilitator|\b(gst|vat|tds|tcs)\b') then 'tax'
            when component like '%fee' or event = 'servicefee'
                or component = 'other' and regexp_matches(named, 'fee|storage|advertising|subscription|disposal|removal')
                then 'fee'
            when component in ('price', 'promotion') then case when is_refund then 'refund' else 'sale' end
            when regexp_matches(event, 'adjust') then 'adjustment'
            when is_refund then 'refund'
            else 'other'
        end as type,
        case
            when regexp_matches(named, 'commission|closing') then 'referral'
            when regexp_matches(named, 'storage') then 'storage'
            when regexp_matches(named, 'advertis') then 'advertising'
            when regexp_matches(named, 'fulfil|pick|weight|shipping|inbound|transportation|removal|disposal') then 'fulfilment'
            else 'other'
        end as fee_type,
        case when named like '%shipping%' then 'shipping' when named = 'restockingfee' then 'restocking' else 'price' end as part
    from counted
)
select source_file, source_row, list_filter([source_row, units_row], lambda row: row is not null) as source_rows, settlement_id,
    row_number() over (partition by source_file, settlement_id order by source_row, place)::varchar as line_no,
    settled.channel, settled.currency, order_id, adjustment_id, order_item_code, sku, quantity,
    iso_time(posted_date, file_zone, file_dates) as posted_at, coalesce(written, '0') as written,
    number(coalesce(written, '0')) as cash, is_refund, type, fee_type, part
from judged
join settled using (source_file, settlement_id)
anti join counted on judged.is_units and judged.source_file = counted.source_file and judged.source_row = counted.units_row

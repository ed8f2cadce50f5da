-- What each row settles, parted into the sale, what was given back, the fees by kind, and the rest.
-- Grain: one amount that is not nil, or the sale of a row of nothing; ``cash`` to the seller. A statement without an id goes by
-- its day. Fees of no kind known here are what is left of the row's total; what neither revenue nor fees explain is an
-- adjustment.
with rows as (
    select source_file, source_row, lower(type) as event, order_adjustment_id, currency, quantity,
        coalesce(seller_sku, sku_id) as sku,
        coalesce(related_order_id, case when regexp_matches(lower(type), 'order|refund') then order_adjustment_id end)
            as order_id,
        iso_time(order_settled_time, file_zone, file_dates) as settled_at,
        iso_time(coalesce(statement_date, order_settled_time), file_zone, file_dates) as paid_at,
        coalesce(statement_id, concat_ws(
            ' ', 'tiktok', iso_date(coalesce(statement_date, order_settled_time), file_dates), file_account)) as settlement_id,
        total_settlement_amount as written, number(total_settlement_amount) as settled,
        coalesce(number(total_revenue), 0) as revenue,
        coalesce(number(refund_subtotal_after_seller_discounts), 0) as refunded, coalesce(number(total_fees), 0) as fees,
        coalesce(number(commission), 0) as referral, coalesce(number(transaction_fee), 0) as payment,
        coalesce(number(affiliate_commission), 0) + coalesce(number(affiliate_partner_commission), 0)
            + coalesce(number(affiliate_shop_ads_commission), 0)
            + coalesce(number(affiliate_partner_shop_ads_commission), 0) as advertising,
        coalesce(number(seller_shipping_fee), 0) as fulfilment,
        order_adjustment_id || ':' || concat_ws(':', sku_id, row_number() over (
            partition by source_file, order_adjustment_id, sku_id, type, order_settled_time order by source_row
        ), iso_date(coalesce(order_settled_time, statement_date), file_dates)) as key
    from tiktok_income
    where is_data
),
parted as (
    select *, unnest([
        {'part': 'sale', 'type': 'sale', 'cash': revenue - refunded},
        {'part': 'refund', 'type': 'refund', 'cash': refunded},
        {'part': 'referral', 'type': 'fee', 'cash': referral}, {'part': 'payment', 'type': 'fee', 'cash': payment},
        {'part': 'advertising', 'type': 'fee', 'cash': advertising},
        {'part': 'fulfilment', 'type': 'fee', 'cash': fulfilment},
        {'part': 'other', 'type': 'fee', 'cash': fees - referral - payment - advertising - fulfilment},
        {'part': 'rest', 'type': case when regexp_matches(event, 'reimburs') then 'reimbursement'
            when regexp_matches(event, 'reserve') then 'reserve'
            when regexp_matches(event, 'gmv payment|tiktok ads') then 'fee' else 'adjustment' end,
            'cash': settled - revenue - fees}
    ]) as amount
    from rows
)
select * exclude (amount), amount.part as part, amount.type as type, amount.cash as cash
from parted
where amount.cash <> 0 or amount.cash is null
    or amount.part = 'sale' and settled = 0 and revenue = 0 and refunded = 0 and fees = 0

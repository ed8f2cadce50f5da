-- What each amount of a payment is. What is not known here stays, as ``other``.
-- Grain: one amount (a row of the report below the summary); ``cash`` to the seller. A payment goes by the end of its period.
with summaries as (
    select source_file, arg_min(coalesce(period_end_date, transaction_posted_timestamp), source_row) as ends,
        arg_min(currency, source_row) as currency
    from walmart_recon
    where is_data and transaction_type = 'PaymentSummary'
    group by source_file
),
rows as (
    select raw.*, concat_ws(' ', 'walmart', iso_date(coalesce(summaries.ends, raw.period_end_date), file_dates), file_account)
            as settlement_id,
        coalesce(raw.currency, summaries.currency) as money_of, lower(transaction_type) as event,
        lower(coalesce(amount_type, '')) as kind,
        lower(concat_ws(' ', transaction_type, transaction_description, transaction_reason_description)) as said
    from walmart_recon as raw
    left join summaries using (source_file)
    where is_data and transaction_type <> 'PaymentSummary'
)
select source_file, source_row, settlement_id, money_of as currency,
    row_number() over (partition by source_file, settlement_id order by source_row)::varchar as line_no,
    coalesce(customer_order, purchase_order) as order_id, customer_order_line as order_line, partner_item_id as sku,
    case when kind = 'product price' then ship_qty end as quantity,
    iso_time(transaction_posted_timestamp, file_zone, file_dates) as posted_at, amount as written, number(amount) as cash, event,
    case when kind like '%shipping%' then 'shipping' else 'price' end as part,
    case when event like '%reserve%' then 'reserve' when kind like '%tax%' then 'tax' when kind like '%commission%' then 'fee'
        when kind like '%fee%' and regexp_matches(said, 'reimburs|dispute|lost|damaged|credit') then 'reimbursement'
        when kind like '%fee%' or event like '%fee%' then 'fee' when event like 'refund%' then 'refund'
        when event like 'sale%' then 'sale' when event like 'adj%' then 'adjustment' else 'other' end as type,
    case when kind like '%commission%' then 'referral' when said like '%storage%' then 'storage'
        when regexp_matches(said, 'advertis|sponsored|sem ') then 'advertising'
        when regexp_matches(said, 'label|fulfil|wfs|shipping|inbound|transport|removal|disposal') then 'fulfilment'
        else 'other' end as fee_type
from rows

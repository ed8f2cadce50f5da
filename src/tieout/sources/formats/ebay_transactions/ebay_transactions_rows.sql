-- Transactions with their numbers. The report names rows by order, item and reference; rows that are equal in all are counted.
-- Grain: one row per transaction. ``net`` is in the currency of the payout, all other money in that of the transaction;
-- ``rate`` turns the one into the other. An order of several items has a row with its money and one for each item.
select source_file, source_row, lower(type) as event, lower(coalesce(description, '')) as said, order_number as order_id,
    payout_id, item_id, custom_label, quantity,
    concat_ws(':', type, coalesce(reference_id, order_number, description), transaction_id, row_number() over (
        partition by source_file, type, reference_id, order_number, transaction_id, description,
            net_amount is null, transaction_creation_date
        order by source_row)) as key,
    iso_time(transaction_creation_date, file_zone, file_dates) as created_at,
    iso_time(payout_date, file_zone, file_dates) as payout_date,
    net_amount as written, number(net_amount) as net, payout_currency,
    coalesce(transaction_currency, payout_currency) as currency,
    case when transaction_currency <> payout_currency then coalesce(number(exchange_rate), 1) else 1 end as rate,
    item_subtotal, number(item_subtotal) as subtotal, coalesce(number(shipping_and_handling), 0) as shipping,
    coalesce(number(seller_collected_tax), 0) as seller_tax, coalesce(number(ebay_collected_tax), 0) as ebay_tax,
    list_filter([
        {'name': 'final value fee, fixed', 'type': 'referral', 'amount': number(final_value_fee_fixed)},
        {'name': 'final value fee, variable', 'type': 'referral', 'amount': number(final_value_fee_variable)},
        {'name': 'not as described fee', 'type': 'referral', 'amount': number(very_high_item_not_as_described_fee)},
        {'name': 'below standard fee', 'type': 'referral', 'amount': number(below_standard_performance_fee)},
        {'name': 'international fee', 'type': 'referral', 'amount': number(international_fee)},
        {'name': 'charity donation', 'type': 'other', 'amount': number(charity_donation)},
        {'name': 'deposit processing fee', 'type': 'payment', 'amount': number(deposit_processing_fee)},
        {'name': 'regulatory operating fee', 'type': 'other', 'amount': number(regulatory_operating_fee)}
    ], lambda fee: fee.amount <> 0 and net_amount is not null) as fees
from ebay_transactions
where is_data

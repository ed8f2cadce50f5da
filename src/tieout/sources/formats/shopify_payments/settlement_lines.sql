-- The transactions of a payout, as cash to the shop.
-- Grain: one row per transaction, and one for its fee.
with lines as (
    select *, unnest([
        {'suffix': '', 'type': kind, 'cash': plain_number(amount)},
        {'suffix': ' fee', 'type': 'fee', 'cash': (-number(fee))::varchar}
    ]) as line
    from shopify_payments_entries
    where paid_on is not null
)
select settlement_id, entry_id || line.suffix as line_no, line.type as type, order_id, line.cash as amount, moment as posted_at,
    source_file, source_row
from lines
where line.suffix = '' or number(fee) <> 0

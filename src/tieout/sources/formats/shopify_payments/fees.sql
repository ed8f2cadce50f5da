-- What Shopify charges for payments and campaigns, paid out or not; a refund gives no fee back.
-- Grain: one row per fee; a cost is positive.
with charged as (
    select *, unnest([
        {'suffix': ' fee', 'type': 'payment', 'cost': plain_number(fee)},
        {'suffix': '', 'type': 'advertising', 'cost': coalesce((-number(amount))::varchar, amount)}
    ]) as charge
    from shopify_payments_entries
)
select entry_id || charge.suffix as fee_id, 'shopify' as channel, order_id, charge.type as type, charge.cost as amount, currency,
    moment as charged_at, case when paid_on is not null then settlement_id end as settlement_id, source_file, source_row
from charged
where charge.type = 'payment' and number(fee) is distinct from 0 or charge.type = 'advertising' and kind = 'fee'

-- What is paid to suppliers, as it grows: for a receipt, by way of its bill, or for a purchase order.
-- Grain: one row per payment and what it is for (``event_id`` or ``po_id``). ``paid``: up to and with this payment, in the
-- currency of the purchase; a payment in another one counts at the rates of its day.
with purchases as (
    select po_id, any_value(currency) as currency from receipt_papers where po_id is not null group by po_id
),
named as (
    select payments.paid_at, payments.payment_id, payments.amount, coalesce(payments.currency, settings.currency) as paid_in,
        papers.event_id, case when papers.event_id is null then payments.po_id end as po_id,
        coalesce(papers.currency, purchases.currency) as currency
    from vendor_payments as payments
    cross join settings
    cross join as_of
    left join costs on payments.cost_id = costs.cost_id and costs.type = 'vendor_bill'
    left join receipt_papers as papers on costs.event_id = papers.event_id
    left join purchases on payments.po_id = purchases.po_id
    where payments.paid_at <= as_of.moment and (costs.cost_id is not null or payments.cost_id is null)
),
converted as (
    select named.*,
        case when paid_in = named.currency then amount
            else (half_up((amount::decimal(18, 4) * 10000)::hugeint * (paid.rate * 1000000000)::hugeint,
                (owed.rate * 1000000000)::hugeint)::decimal(18, 0) * 0.0001)::decimal(18, 4) end as counted
    from named
    asof left join rates as paid on named.paid_in = paid.currency and local_date(named.paid_at) >= paid.rate_date
    asof left join rates as owed on named.currency = owed.currency and local_date(named.paid_at) >= owed.rate_date
    where coalesce(event_id, po_id) is not null
)
select event_id, po_id, paid_at, payment_id, money(sum(counted) over so_far) as paid
from converted
window so_far as (
    partition by event_id, po_id order by paid_at, payment_id rows between unbounded preceding and current row
)

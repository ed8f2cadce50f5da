-- What is paid to suppliers: Dr payables (a prepayment: Dr prepaid), Cr cash, at the rate of the payment's day. A company
-- without an account of role cash shows no payments: none is expected of its ledger.
-- Grain: one row per expected line.
with paid as (
    select payment_id, local_date(paid_at) as date, case when is_prepayment then 'prepaid' else 'payables' end as debit,
        money(converted(amount, rates.rate)) as amount
    from vendor_payments
    cross join settings
    cross join as_of
    asof join rates
        on coalesce(vendor_payments.currency, settings.currency) = rates.currency
        and local_date(vendor_payments.paid_at) >= rates.rate_date
    where paid_at <= as_of.moment and 'cash' in (select role from accounts)
)
select payment_id as event_id, 'vendor_payment' as event_type, case when sides.side = 1 then debit else 'cash' end as role,
    null as sku, null as location, null as channel, date, null::decimal(18, 4) as quantity, sides.side * amount as amount
from paid
cross join (values (1), (-1)) as sides (side)

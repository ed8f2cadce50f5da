-- What each channel pays out, and for which days.
-- Grain: one settlement that has been paid. Cents; ``gross`` holds compensations for lost goods, ``net`` is what arrives.
with spans as (
    select channel, payout_days, number,
        midnight(date '2025-01-01') + number * payout_days * 86400 as starts_at,
        starts_at + payout_days * 86400 - 1 as ends_at,
        ends_at + 2 * 86400 + 36000 as paid_at
    from channels
    cross join (select range as number from range(0, getvariable('days')::bigint)) as numbers
    where payout_days > 0 and paid_at < getvariable('ends')
),
money as (
    select channel, occurred_at as happened_at, revenue + shipping + tax - discount as gross, 0 as refunds, 0 as fees from sales
    union all
    select channel, posted_at, amount, 0, 0 from reimbursements
    union all
    select channel, refunded_at, 0, amount + case when channel = 'web' then tax else 0 end, 0 from refunds
    union all
    select channel, charged_at, 0, 0, amount from fees
)
select getvariable('prefix') || 'STL-' || spans.channel || '-' || lpad((number + 1)::varchar, 4, '0') as settlement_id,
    spans.channel, starts_at, ends_at, paid_at,
    sum(gross)::bigint as gross, sum(refunds)::bigint as refunds, sum(fees)::bigint as fees,
    (sum(gross) - sum(refunds) - sum(fees))::bigint as net
from spans
join money on spans.channel = money.channel and money.happened_at between starts_at and ends_at
group by all

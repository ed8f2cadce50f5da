-- What a channel pays out: Dr cash, Cr clearing; and what it compensates us for: Dr clearing, Cr recoveries up to the loss, and
-- other income beyond it.
-- Grain: one row per expected line.
with paid as (
    select settlement_id, channel, local_date(paid_at) as date, coalesce(settlements.currency, settings.currency) as currency, net
    from settlements
    cross join as_of
    cross join settings
    where paid_at <= as_of.moment
),
lines as (
    select settlement_id, null as sku, channel, paid.date, unnest([
        {'role': 'cash', 'amount': money(converted(net, rate))}, {'role': 'clearing', 'amount': -money(converted(net, rate))}
    ]) as line
    from paid
    asof join rates on paid.currency = rates.currency and paid.date >= rates.rate_date
    union all
    select settlement_id, sku, channel, date, unnest([
        {'role': 'clearing', 'amount': recovery + excess}, {'role': 'recoveries', 'amount': -recovery},
        {'role': 'other_income', 'amount': -excess}
    ])
    from reimbursements
)
select settlement_id as event_id, 'settlement' as event_type, line.role as role,
    case when line.role = 'clearing' then sku end as sku, null as location,
    case when line.role = 'clearing' then channel end as channel, date, null::decimal(18, 4) as quantity, line.amount as amount
from lines
where line.amount <> 0

-- What a channel pays out: Dr cash, Cr clearing; and what it compensates us for: Dr clearing, Cr recoveries up to the loss, and
-- other income beyond it. Where nothing else tells the channel's sales (settled_channels.sql), also these: Dr clearing, Cr
-- revenue, less what was given away of them (Dr discounts); and the tax in its lines, as far as no refund books it: what it
-- pays us is owed to the state, what it charges us is owed by the state.
-- Grain: one row per expected line.
with paid as (
    select settlement_id, channel, local_date(paid_at) as date, coalesce(settlements.currency, settings.currency) as currency, net
    from settlements
    cross join as_of
    cross join settings
    where paid_at <= as_of.moment
),
settled as (
    select lines.settlement_id, channel, lines.type, case when lines.type = 'sale' then lines.sku end as sku,
        coalesce(local_date(lines.posted_at), paid.date) as date, paid.currency, lines.amount
    from settlement_lines as lines
    join paid using (settlement_id)
    semi join settled_channels using (channel)
    where lines.type in ('sale', 'tax')
    union all
    select settlement_id, paid.channel, 'tax', null, local_date(refunded_at), paid.currency, refunds.tax
    from refunds
    join paid using (settlement_id)
    semi join settled_channels on paid.channel = settled_channels.channel
    where refunds.tax <> 0 and refunds.voided_at is null
),
sold as (
    -- Functional currency; ``amount`` as cash to the company.
    select settlement_id, channel, sku, date,
        case when type = 'tax' then 'tax' when amount < 0 then 'discounts' else 'revenue' end as role,
        sum(money(converted(amount, rate))) as amount
    from settled
    asof join rates on settled.currency = rates.currency and settled.date >= rates.rate_date
    group by all
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
    union all
    select settlement_id, sku, channel, date, unnest([
        {'role': 'clearing', 'amount': amount}, {'role': role, 'amount': -amount}
    ])
    from sold
)
select settlement_id as event_id, 'settlement' as event_type, line.role as role,
    case when line.role in ('clearing', 'revenue', 'discounts') then sku end as sku, null as location,
    case when line.role in ('clearing', 'revenue', 'discounts', 'tax') then channel end as channel, date,
    null::decimal(18, 4) as quantity, line.amount as amount
from lines
where line.amount <> 0

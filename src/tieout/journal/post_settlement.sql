-- What a channel pays out: Dr cash, Cr clearing; and what it compensates us for: Dr clearing, Cr recoveries.
-- Grain: one row per expected line.
with paid as (
    select settlement_id, channel, currency, local_date(paid_at) as date, net as amount, 'cash' as debit, 'clearing' as credit
    from settlements
    cross join as_of
    where paid_at <= as_of.moment
),
compensated as (
    select lines.settlement_id, settlements.channel, settlements.currency,
        local_date(coalesce(lines.posted_at, settlements.paid_at)) as date, lines.amount, 'clearing' as debit,
        'recoveries' as credit, lines.sku
    from settlement_lines as lines
    join settlements using (settlement_id)
    cross join as_of
    where lines.type = 'reimbursement' and coalesce(lines.posted_at, settlements.paid_at) <= as_of.moment
),
converted as (
    select documents.*, money(converted(documents.amount, rates.rate)) as value
    from (from paid union all by name from compensated) as documents
    cross join settings
    asof join rates
        on coalesce(documents.currency, settings.currency) = rates.currency and documents.date >= rates.rate_date
),
lines as (
    select *, debit as role, value as line_amount from converted
    union all
    select *, credit, -value from converted
)
select settlement_id as event_id, 'settlement' as event_type, role, case when role = 'clearing' then sku end as sku,
    null as location, case when role = 'clearing' then channel end as channel, date, null::decimal(18, 4) as quantity,
    line_amount as amount
from lines
where line_amount <> 0

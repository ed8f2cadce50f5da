-- The amounts of those settlements, as cash to the company in its functional currency.
-- Grain: one row per settlement line.
select lines.settlement_id, lines.line_no, lines.type, lines.order_id, money(converted(lines.amount, rates.rate)) as cash
from settlement_lines as lines
join settlements using (settlement_id)
semi join settled_channels on settlements.channel = settled_channels.channel
cross join settings
asof join rates
    on coalesce(settlements.currency, settings.currency) = rates.currency
    and local_date(coalesce(lines.posted_at, settlements.paid_at)) >= rates.rate_date
where lines.amount <> 0 and settlement_id in (select settlement_id from payout_entries)

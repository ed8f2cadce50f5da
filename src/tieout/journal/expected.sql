-- The journal as it should have been.
-- Grain: one row per event, role, sku, location, channel, period and date. Functional currency, Dr + / Cr −. A role without
-- an account of its own is booked where its parent is.
with lines as (
    from posted
    union all by name from post_void
    union all by name from post_settlement
    union all by name from post_expected_returns
)
select
    lines.event_id, lines.event_type, roles.booked_role as role, lines.sku, lines.location, lines.channel,
    days.period, lines.date, lines.quantity, money(lines.amount) as amount
from lines
join roles using (role)
join days using (date)
where lines.amount <> 0 or lines.quantity <> 0
order by date, event_id, role, sku, location, channel, amount, quantity

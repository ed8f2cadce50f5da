-- The four books in one table: what was first reported, recorded, corrected (recorded + corrections of evidence A to C) and
-- expected. Every measure is a sum over it.
-- Grain: one row per book, period, role, sku, location, channel and type of event; a line that belongs to no event has none.
-- Functional currency, Dr + / Cr −; quantity signed alike.
with documents (event_type) as (
    values ('vendor_bill'), ('landed_cost'), ('transfer_freight'), ('standard_cost'), ('revaluation')
),
recorded_lines as (
    -- A quantity on a bill's line is not stock that moved.
    select lines.*, event_keys.event_type, case when documents.event_type is null then quantity end as counted
    from booked_lines as lines
    left join event_keys using (event_id)
    left join documents using (event_type)
),
first_reported as (
    select recorded_lines.*
    from recorded_lines
    join periods using (period)
    where coalesce(recorded_lines.posted_at <= periods.closed_at, false)
),
lines as (
    select 'first_reported' as book, period, role, sku, location, channel, event_type, counted as quantity, amount
    from first_reported
    union all
    select 'recorded', period, role, sku, location, channel, event_type, counted, amount from recorded_lines
    union all
    select 'corrected', period, role, sku, location, channel, event_type, counted, amount from recorded_lines
    union all
    select 'corrected', period, role, sku, location, channel, event_type, quantity, amount
    from corrections
    where evidence in ('A', 'B', 'C')
    union all
    select 'expected', period, role, sku, location, channel, event_type, quantity, amount from expected
)
select book, period, role, sku, location, channel, event_type,
    sum(quantity)::decimal(18, 4) as quantity, money(sum(amount)) as amount
from lines
group by all

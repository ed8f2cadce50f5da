-- The four books in one table: what was first reported, recorded, corrected (recorded + corrections of evidence A to C) and
-- expected. Every measure is a sum over it.
-- Grain: one row per book, period, role, sku, location and channel. Functional currency, Dr + / Cr −; quantity signed alike.
with document_keys as (
    select event_id from event_keys
    where event_type in ('vendor_bill', 'landed_cost', 'transfer_freight', 'standard_cost', 'revaluation')
),
recorded_lines as (
    -- A quantity on a bill's line is not stock that moved.
    select lines.*, case when document_keys.event_id is null then quantity end as counted
    from linked_lines as lines
    left join document_keys using (event_id)
),
first_reported as (
    select recorded_lines.*
    from recorded_lines
    join periods using (period)
    where coalesce(recorded_lines.posted_at <= periods.closed_at, false)
),
lines as (
    select 'first_reported' as book, period, role, sku, location, channel, counted as quantity, amount
    from first_reported
    union all
    select 'recorded', period, role, sku, location, channel, counted, amount from recorded_lines
    union all
    select 'corrected', period, role, sku, location, channel, counted, amount from recorded_lines
    union all
    select 'corrected', period, role, sku, location, channel, quantity, amount
    from corrections
    where evidence in ('A', 'B', 'C')
    union all
    select 'expected', period, role, sku, location, channel, quantity, amount from expected
)
select book, period, role, sku, location, channel,
    sum(quantity)::decimal(18, 4) as quantity, money(sum(amount)) as amount
from lines
group by all

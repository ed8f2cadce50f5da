-- The four books in one table: what was first reported, recorded, corrected (recorded + corrections of evidence A to C) and
-- expected. Every measure is a sum over it.
-- Grain: one row per book, period, role, sku, location and channel. Functional currency, Dr + / Cr −; quantity signed alike.
with stock_types as (
    select event_id from event_keys
    where event_type not in ('vendor_bill', 'landed_cost', 'transfer_freight', 'standard_cost', 'revaluation')
),
recorded_lines as (
    select lines.*, case when links.event_id is null or stock_types.event_id is not null then quantity end as counted
    from compared_lines as lines
    left join (
        select journal_id, line_no, min(event_id) as event_id from links group by all
    ) as links using (journal_id, line_no)
    left join stock_types on links.event_id = stock_types.event_id
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

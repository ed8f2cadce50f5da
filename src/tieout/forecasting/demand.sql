-- The published history of demand by channel, in both books.
-- Grain: one row per sku, channel, week and book (recorded, corrected) with demand; a week without a row had none. ``units``:
-- demand, with what was ``unmet``. Whose fault the difference is tells demand_parts.
with booked as (
    select *, if(part = 'correction', -units, units) as effect from demand_parts
),
books as (
    select 'recorded' as book, * from booked
    union all
    select 'corrected', * from booked where part <> 'correction' or not in_corrected
)
select sku, channel, week, book, sum(effect)::decimal(18, 4) as units,
    coalesce(sum(units) filter (part = 'unmet'), 0)::decimal(18, 4) as unmet
from books
group by all
having sum(effect) <> 0
order by sku, channel, week, book desc

-- When each sale's goods left: the week in which its demand stands, whatever day of the same period it was booked on, since the
-- journals are compared by period.
-- Grain: one row per shipment and accounting period of its cost of sales.
select event_id, period, min(date) as date
from expected
where role = 'cogs' and event_type = 'shipment' and quantity is not null
group by all

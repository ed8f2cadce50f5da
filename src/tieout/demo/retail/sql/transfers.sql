-- Transfers that feed SOUTH (in one row) and FBA (out to the road and in from it), from the 25th of the month before
-- on; one FBA load in three is on the road at the month's end.
-- Grain: one movement. ``document`` joins both legs of a load.
with loads as (
    select
        sku, location, month, moved as quantity,
        row_number() over (order by month, location, sku) as number,
        date '2010-11-01' + to_months(month::integer) as month_before,
        sku || location || month as key
    from needs
    where moved > 0
),
dated as (
    select
        *,
        'TO-' || lpad(number::varchar, 6, '0') as document,
        draw(key, 'late load', 3) = 0 as is_late,
        case when is_late and location = 'FBA' then last_day(month_before)
            else month_before::date + 24 + draw(key, 'load', 3)::integer end as leaves_on
    from loads
)
select event_key('TRF', number) as event_id, sku, quantity, 'NORTH' as from_location,
    case location when 'FBA' then 'ROAD' else location end as to_location,
    in_office_hours(leaves_on, key, 'leaves') as moment, document
from dated
union all
select event_key('TRI', number), sku, quantity, 'ROAD', location, (leaves_on + 1)::timestamp + interval 6 hour, document
from dated
where location = 'FBA'

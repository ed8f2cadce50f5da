-- The calendar of demand: whole weeks of the company's dates, Monday to Sunday.
-- Grain: one row per week, ``number`` from 1, from the week of the first sale to the last one that ended by "now". What comes
-- after the last movement of goods is silence of the sources, no history.
with goods as (
    select min(date) filter (where event_type = 'shipment' and role = 'cogs') as first_sale, max(date) as last_movement
    from expected
    where quantity is not null
),
starts as (
    select unnest(generate_series(date_trunc('week', first_sale)::timestamp, last_movement::timestamp, interval 7 day))::date
        as starts_on
    from goods
)
select row_number() over (order by starts_on)::integer as number, starts_on, starts_on + 6 as ends_on
from starts
cross join as_of
where starts_on + 6 <= local_date(as_of.moment)
order by number

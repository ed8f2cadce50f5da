-- The calendar of demand: whole weeks of the company's dates, Monday to Sunday.
-- Grain: one row per week, ``number`` from 1, from the week of the first sale to the last one that was over by "now". What comes
-- after the last movement of goods is silence of the sources, and from the first movement after the ledger's last day on it is
-- silence of the ledger: neither is history.
with goods as (
    select min(date) filter (where event_type = 'shipment' and role = 'cogs') as first_sale, max(date) as last_movement,
        min(date) filter (where date > (select max(date) from recorded)) as first_unbooked
    from expected
    where quantity is not null
),
starts as (
    select first_unbooked,
        unnest(generate_series(date_trunc('week', first_sale)::timestamp, last_movement::timestamp, interval 7 day))::date
            as starts_on
    from goods
)
select row_number() over (order by starts_on)::integer as number, starts_on, starts_on + 6 as ends_on
from starts
cross join as_of
where starts_on + 7 <= local_date(as_of.moment + interval 1 second)
    and (first_unbooked is null or starts_on + 6 < first_unbooked)
order by number

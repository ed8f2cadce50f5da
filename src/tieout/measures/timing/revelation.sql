-- How soon a period is known: what of its revenue and cost of sales was in the ledger some days after its end.
-- Grain: one row per period, measure (revenue, cogs) and days after its end. Functional currency, gross: Σ |amount| per event, as
-- it should be (revenue with shipping, less discounts and returns). ``known``: of events with an entry by then, in whatever
-- period it was booked; ``final``: of all its events; ``days_to_99``: days after the end until 99 % was known, 0 where it was by
-- then; ``reason``: why there is no figure.
with offsets (days_after) as (
    values (0), (1), (3), (7), (14), (30)
),
roles_of (role, measure, half) as (
    values ('revenue', 'revenue', 'money'), ('shipping_income', 'revenue', 'money'), ('discounts', 'revenue', 'money'),
        ('returns', 'revenue', 'money'), ('cogs', 'cogs', 'goods')
),
due as (
    select event_id, period, measure, half, abs(sum(amount)) as amount
    from expected
    join roles_of using (role)
    group by all
),
by_day as (
    select due.period, measure, sum(amount) as amount,
        case when entries.date is not null then greatest(0, date_diff(
            'day', periods.end_date, coalesce(local_date(entries.posted_at), entries.date))) end as days_late
    from due
    join periods using (period)
    left join event_entries as entries using (event_id, half)
    group by all
),
running as (
    select *, sum(amount) over (partition by period, measure order by days_late nulls last) as so_far,
        sum(amount) over (partition by period, measure) as final
    from by_day
),
totals as (
    select period, measure, any_value(final) as final,
        min(days_late) filter (where so_far * 100 >= final * 99) as days_to_99
    from running
    group by all
),
known as (
    select totals.period, totals.measure, offsets.days_after, any_value(final) as final, any_value(days_to_99) as days_to_99,
        coalesce(sum(by_day.amount), 0) as known
    from totals
    cross join offsets
    left join by_day
        on totals.period = by_day.period and totals.measure = by_day.measure and by_day.days_late <= offsets.days_after
    group by all
)
select
    period, measure, days_after, money(known) as known, money(final) as final, known / nullif(final, 0) as known_share,
    days_to_99,
    case when known is null then 'that day is still to come' when final = 0 then 'nothing to know'
        when days_to_99 is null then 'more than 1 % was never booked' end as reason
from (
    select known.* exclude (known), periods.number,
        case when periods.end_date + days_after <= local_date(as_of.moment) then known end as known
    from known
    join periods using (period)
    cross join as_of
)
order by number, measure, days_after

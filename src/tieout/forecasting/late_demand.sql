-- Sales that were booked in a later week than the one that they are booked for: a history as of that week lacks them still.
-- Grain: one row per week of the recorded history, week in which it became known, sku, channel and, of units that a cause takes
-- out of that week again, its family: once it is corrected they are not there to be late. Units. What became known after
-- the last whole week counts as known by its end, as it is in the recorded book; a line without ``posted_at`` was known at
-- its date. As in demand_parts, what was booked within the period of its sale, or at a cost of nothing, stands in the week of the
-- sale, and one that was cancelled for want of goods is no sale. Entries for many events are left out, since they are compared
-- as a whole.
with lines as (
    select booked.journal_id, coalesce(booked.event_id, booked.journal_id) as event_id, booked.period,
        coalesce(sales.date, booked.date) as date, local_date(booked.posted_at) as known_on, booked.sku, booked.channel,
        sum(booked.quantity) as quantity
    from booked_lines as booked
    left join event_keys as keys on booked.event_id = keys.event_id
    left join sale_dates as sales
        on booked.event_id = sales.event_id and (booked.period = sales.period or booked.amount = 0)
    anti join (from links where batch_id is not null) as summed
        on booked.journal_id = summed.journal_id and booked.line_no = summed.line_no
    anti join unmet_bookings as unmet on booked.journal_id = unmet.journal_id and booked.sku = unmet.sku
    where booked.role = 'cogs' and (keys.event_type = 'shipment' or keys.event_type is null and booked.quantity > 0)
    group by all
),
taken_out as (
    select journal_id, event_id, sku, period, family, -sum(quantity) as quantity
    from corrections
    where role = 'cogs' and cause <> 'zero_cost' and evidence in ('A', 'B', 'C')
        and (event_type = 'shipment' or event_type is null)
    group by all
    having sum(quantity) < 0
),
wrong as (
    select lines.* replace (least(taken_out.quantity, lines.quantity) as quantity), family
    from lines
    join taken_out using (journal_id, event_id, sku, period)
),
parts as (
    select *, null as family from lines
    union all
    select * replace (-quantity as quantity, null as family) from wrong
    union all
    from wrong
),
placed as (
    select weeks.number as week,
        least((known_on - weeks.starts_on) // 7 + weeks.number, (select max(number) from weeks)) as known_week, sku, channel,
        family, quantity
    from parts
    join weeks on parts.date between weeks.starts_on and weeks.ends_on
)
select week, known_week::integer as known_week, sku, channel, family, sum(quantity)::decimal(18, 4) as units
from placed
where known_week > week
group by all
having sum(quantity) <> 0
order by all

-- Sales that were booked in a later week than the one that they are booked for: a history as of that week lacks them still.
-- Grain: one row per week of the recorded history, week in which it became known, sku and channel. Units. What became known after
-- the last whole week counts as known by its end, as it is in the recorded book; a line without ``posted_at`` was known at
-- its date. As in demand_parts, what was booked within the period of its sale, or at a cost of nothing, stands in the week of the
-- sale, and one that was cancelled for want of goods is no sale. Entries for many events are left out, since they are compared
-- as a whole.
with lines as (
    select coalesce(sales.date, booked.date) as date, local_date(booked.posted_at) as known_on, booked.sku, booked.channel,
        booked.quantity
    from booked_lines as booked
    left join event_keys as keys on booked.event_id = keys.event_id
    left join sale_dates as sales
        on booked.event_id = sales.event_id and (booked.period = sales.period or booked.amount = 0)
    anti join (from links where batch_id is not null) as summed
        on booked.journal_id = summed.journal_id and booked.line_no = summed.line_no
    anti join unmet_bookings as unmet on booked.journal_id = unmet.journal_id and booked.sku = unmet.sku
    where booked.role = 'cogs' and (keys.event_type = 'shipment' or keys.event_type is null and booked.quantity > 0)
),
placed as (
    select weeks.number as week,
        least((known_on - weeks.starts_on) // 7 + weeks.number, (select max(number) from weeks)) as known_week, sku, channel,
        quantity
    from lines
    join weeks on lines.date between weeks.starts_on and weeks.ends_on
)
select week, known_week::integer as known_week, sku, channel, sum(quantity)::decimal(18, 4) as units
from placed
where known_week > week
group by all
having sum(quantity) <> 0
order by all

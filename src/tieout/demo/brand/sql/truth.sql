-- The correction lines that turn the recorded book into the clean one, each under its cause: what is missing whole, then each
-- step of the walk (period, role, sku, location, channel) as a move at the recorded value, then the value in the right place;
-- what the ledger has too much goes out whole.
-- Grain: cause, event (or the batch that its entry is part of), period, role, sku, location, channel. ``amount`` in cents,
-- expected - recorded.
with walked as (
    select * from booked where missing_cause is null
),
moves (cause, event_id, half, date, role, sku, location, channel, amount) as (
    select time_cause, event_id, half, booked_on, booked_role, booked_sku, booked_location, booked_channel, -booked_amount
    from walked
    union all
    select time_cause, event_id, half, date, booked_role, booked_sku, booked_location, booked_channel, booked_amount from walked
    union all
    select role_cause, event_id, half, date, booked_role, booked_sku, booked_location, booked_channel, -booked_amount from walked
    union all
    select role_cause, event_id, half, date, role, sku, location, channel, booked_amount from walked
    union all
    select sku_cause, event_id, half, date, role, booked_sku, booked_location, booked_channel, -booked_amount from walked
    union all
    select sku_cause, event_id, half, date, role, sku, booked_location, booked_channel, booked_amount from walked
    union all
    select location_cause, event_id, half, date, role, sku, booked_location, booked_channel, -booked_amount from walked
    union all
    select location_cause, event_id, half, date, role, sku, location, booked_channel, booked_amount from walked
    union all
    select channel_cause, event_id, half, date, role, sku, location, booked_channel, -booked_amount from walked
    union all
    select channel_cause, event_id, half, date, role, sku, location, channel, booked_amount from walked
    union all
    select value_cause, event_id, half, date, role, sku, location, channel, amount - booked_amount from walked
    union all
    select missing_cause, event_id, half, date, role, sku, location, channel, amount from booked where missing_cause is not null
    union all
    select cause, event_id, null, date, role, sku, location, channel, -amount from extras
)
select cause, coalesce(batches.batch_id, moves.event_id) as event_id, month_of(date) as period, role, sku, location, channel,
    sum(amount)::bigint as amount
from moves
left join (
    select distinct event_id, half, batch_id from lines where is_summarised
) as batches on moves.event_id = batches.event_id and moves.half = batches.half
where cause is not null
group by all
having sum(amount) <> 0

-- The correction lines that turn the recorded book into the clean one, each under its cause: what is missing whole,
-- then each step of the walk (period, role, sku, location, channel) as a move at the recorded value, then the value
-- in the right place; what the ledger has too much goes out whole.
-- Grain: cause, event, period, role, sku, location, channel. ``amount`` in pence, expected - recorded.
with walked as (
    select * from booked where missing_cause is null
),
moves (cause, event_id, date, role, sku, location, channel, amount) as (
    select time_cause, event_id, booked_on, booked_role, booked_sku, booked_location, booked_channel, -booked_amount
    from walked
    union all
    select time_cause, event_id, date, booked_role, booked_sku, booked_location, booked_channel, booked_amount
    from walked
    union all
    select role_cause, event_id, date, booked_role, booked_sku, booked_location, booked_channel, -booked_amount
    from walked
    union all
    select role_cause, event_id, date, role, booked_sku, booked_location, booked_channel, booked_amount
    from walked
    union all
    select sku_cause, event_id, date, role, booked_sku, booked_location, booked_channel, -booked_amount
    from walked
    union all
    select sku_cause, event_id, date, role, sku, booked_location, booked_channel, booked_amount
    from walked
    union all
    select location_cause, event_id, date, role, sku, booked_location, booked_channel, -booked_amount
    from walked
    union all
    select location_cause, event_id, date, role, sku, location, booked_channel, booked_amount
    from walked
    union all
    select channel_cause, event_id, date, role, sku, location, booked_channel, -booked_amount
    from walked
    union all
    select channel_cause, event_id, date, role, sku, location, channel, booked_amount
    from walked
    union all
    select value_cause, event_id, date, role, sku, location, channel, amount - booked_amount
    from walked
    union all
    select missing_cause, event_id, date, role, sku, location, channel, amount
    from booked where missing_cause is not null
    union all
    select cause, event_id, booked_on, role, sku, location, channel, -amount from extras
)
select cause, event_id, month_of(date) as period, role, sku, location, channel, sum(amount)::bigint as amount
from moves
where cause is not null
group by all
having sum(amount) <> 0

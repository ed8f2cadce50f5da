-- Sales, returns, refunds and fees that an entry for many events may cover: those with a role that such an entry has.
-- Grain: one row per half of an event and role of the profit in it. ``is_booked``: another entry names it, or its order or
-- document for that role. Functional currency, Dr + / Cr −.
with lines as (
    select event_id, event_type, roles.half, role, min(date) as date, sum(amount) as amount
    from expected
    join roles using (role)
    where is_profit and event_type in ('shipment', 'customer_return', 'refund', 'fee')
        and role in (select role from open_entries)
    group by all
),
channels as (
    select event_id, min(channel) as channel
    from expected
    where channel is not null and event_id in (select event_id from lines)
    group by event_id
),
others as (
    select recorded.*
    from recorded
    anti join open_entries using (journal_id)
    where is_compared
),
named as (
    select distinct half, unnest([external_id, document] || regexp_split_to_array(external_id, '[+,;|&/ ]+')) as name, role
    from others
    anti join event_keys as keys on others.external_id = keys.event_id
),
booked as (
    select keys.event_id, half
    from others
    join event_keys as keys on others.external_id = keys.event_id
    union
    select members.external_id, half
    from others
    join batch_members as members using (batch_id)
    union
    select lines.event_id, lines.half
    from lines
    join event_numbers as numbers using (event_id)
    join named on numbers.number = named.name and lines.half = named.half and lines.role = named.role
)
select lines.*, channels.channel, booked.event_id is not null as is_booked
from lines
left join channels using (event_id)
left join booked using (event_id, half)

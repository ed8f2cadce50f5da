-- What an entry covers that names no event: the sales, returns, refunds and fees of its channels in the time that it stands for,
-- of the roles that its series has, as far as no other entry names them. A payout covers what says that it belongs there, else
-- what fell into its days; and itself, where the entry moves cash, or its rows alone tell the sales. Where most of them have
-- entries of their own, the ledger books event by event. A day between such entries that has none is a batch too, and so is an
-- entry for a day without events: what one lacks may be in the other.
-- Grain: one row per half of an event, and its batch: a payout before a day before a month. ``event_id`` is empty where nothing
-- happened.
with series as (
    -- An entry covers what any of its series does: a day's may lack all of its refunds.
    select half, batches.channels, span, list(distinct role order by role) as roles
    from derived_batches as batches
    join open_entries using (journal_id, half)
    group by all
),
batches as (
    select distinct batches.* exclude (journal_id), series.roles
    from derived_batches as batches
    join series
        on batches.half = series.half and batches.span = series.span and batches.channels is not distinct from series.channels
),
assigned as (
    -- The payout that an event belongs to by its own word, or by the only payout that lists the sale of its order.
    select refund_id as event_id, settlement_id from refunds where settlement_id is not null
    union all
    select fee_id, settlement_id from fees where settlement_id is not null
    union all
    select keys.event_id, min(lines.settlement_id)
    from settlement_lines as lines
    join event_keys as keys using (order_id)
    where lines.type = 'sale' and keys.event_type = 'shipment'
    group by keys.event_id
    having count(distinct lines.settlement_id) = 1
),
reached as (
    select batches.*, events.event_id, events.is_booked
    from batches
    join assigned using (settlement_id)
    join open_events as events on assigned.event_id = events.event_id and batches.half = events.half
    where list_contains(roles, events.role)
    union all
    select batches.*, events.event_id, events.is_booked
    from batches
    join days on days.date between starts_on and ends_on
    join open_events as events on batches.half = events.half and days.date = events.date
    anti join (select event_id from assigned) as assigned on span = 'payout' and events.event_id = assigned.event_id
    where list_contains(roles, events.role) and (channels is null or list_contains(channels, events.channel))
),
counts as (
    select batch_id, half, span, channels, count(distinct event_id) filter (where not is_booked) as unnamed,
        count(distinct event_id) filter (where is_booked) as named
    from reached
    group by all
),
summaries as (
    -- Judged by the payout, and by the series of days or months.
    from counts
    window same as (partition by half, span, channels, case when span = 'payout' then batch_id end)
    qualify sum(unnamed) over same > sum(named) over same
),
members as (
    select distinct batch_id, half, event_id, span
    from reached
    semi join summaries using (batch_id, half)
    where not is_booked
),
stretches as (
    select half, channels, roles, min(starts_on) as starts_on, max(ends_on) as ends_on
    from batches
    semi join summaries using (batch_id, half)
    where span = 'day'
    group by half, channels, roles
),
between_days as (
    select distinct concat_ws(' ', array_to_string(stretches.channels, ' '), events.date) as batch_id, stretches.half,
        events.event_id, 'without an entry' as span
    from stretches
    join open_events as events on stretches.half = events.half and events.date between stretches.starts_on and stretches.ends_on
    where not is_booked and list_contains(roles, events.role)
        and (stretches.channels is null or list_contains(stretches.channels, events.channel))
),
payouts as (
    select distinct batch_id, 'money' as half, settlement_id as event_id, 'payout' as span
    from derived_batches
    semi join summaries using (batch_id, half)
    where settlement_id is not null
        and journal_id in (select journal_id from recorded where role = 'cash')
        and settlement_id not in (
            select external_id from recorded
            where is_compared and external_id is not null and journal_id not in (select journal_id from open_entries))
),
whole_payouts as (
    -- All of a settlement, where its rows alone tell the sales.
    select batch_id, half, unnest([settlement_id, event_id]) as event_id, 'payout' as span
    from derived_batches
    semi join summaries using (batch_id, half)
    join settlements using (settlement_id)
    semi join settled_channels on settlements.channel = settled_channels.channel
    left join (from assigned semi join event_keys using (event_id)) as assigned using (settlement_id)
    where half = 'money'
),
placed as (
    from (from members union all from between_days union all from payouts union all from whole_payouts where event_id is not null)
    qualify row_number() over (
        partition by half, event_id order by list_position(['payout', 'day', 'month', 'without an entry'], span), batch_id) = 1
)
select batch_id, half, event_id, span from placed
union all
select distinct batch_id, half, null, span
from batches
where span <> 'payout' and (batch_id, half) not in (select (batch_id, half) from placed)
    and ((batch_id, half) in (select (batch_id, half) from summaries)
        or (batch_id, half) not in (select (batch_id, half) from reached))

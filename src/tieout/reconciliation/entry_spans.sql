-- The time for which an entry that names no event stands: a day or a month, its own or the one that it states; an entry of the
-- last day of a period, or of the first of the next, may be that period's.
-- Which of them is read from the amounts: an entry votes for the span to whose sum it is nearest, or for one event of its day.
-- Several entries with the same role on a day of a channel speak for one event each. A span needs more votes than single events
-- have among the entries of a source, and two at least, or a name; it then holds for those that cannot tell, too. A tie decides
-- nothing.
-- Grain: one row per half of an entry that has such a span. A payout's entry has none: its settlement tells.
with entries as (
    select journal_id, half, min(source) as source, any_value(channels) as channels, min(date) as date,
        min(stated) as stated
    from open_entries
    where settlement_id is null
    group by journal_id, half
),
spans as (
    select journal_id, half, 'day' as span, date as starts_on, date as ends_on, false as is_stated
    from entries
    where stated is null
    union all
    select journal_id, half, 'month', start_date, end_date, false
    from entries
    join periods on entries.date in (periods.end_date, periods.end_date + 1)
    where stated is null
    union all
    select journal_id, half, 'day', try_cast(stated as date), try_cast(stated as date), true
    from entries
    where try_cast(stated as date) is not null
    union all
    select journal_id, half, 'month', start_date, end_date, true
    from entries
    join periods on entries.stated = periods.period
),
crowded as (
    select distinct journal_id, half
    from (
        select journal_id, half
        from open_entries
        where settlement_id is null
        window same_place as (partition by half, role, channels, coalesce(stated, date::varchar))
        qualify count(*) over same_place > 1
    )
),
daily as (
    select half, role, channel, date, sum(amount) as amount from open_events where not is_booked group by all
),
span_sums as (
    select spans.journal_id, half, role, span, sum(daily.amount) as amount
    from spans
    join days on days.date between spans.starts_on and spans.ends_on
    join open_entries as entries using (journal_id, half)
    join daily using (half, role)
    where daily.date = days.date and (entries.channels is null or list_contains(entries.channels, daily.channel))
    group by all
),
likeness as (
    -- How much of an entry a span, or an event, takes away: the nearest takes most.
    select journal_id, half, span, sum(abs(entries.amount) - abs(entries.amount - span_sums.amount)) as likeness
    from span_sums
    join open_entries as entries using (journal_id, half, role)
    anti join crowded using (journal_id, half)
    group by all
    union all
    select journal_id, half, 'event', max(likeness)
    from (
        select journal_id, entries.half, events.event_id,
            sum(abs(entries.amount) - abs(entries.amount - events.amount)) as likeness
        from open_entries as entries
        join spans using (journal_id, half)
        join open_events as events on entries.half = events.half and entries.role = events.role
            and spans.starts_on = events.date and not events.is_booked
        anti join crowded on entries.journal_id = crowded.journal_id and entries.half = crowded.half
        where span = 'day' and (entries.channels is null or list_contains(entries.channels, events.channel))
        group by all
    )
    group by journal_id, half
),
votes as (
    select journal_id, half, min(span) as vote
    from (
        from likeness
        qualify likeness = max(likeness) over (partition by journal_id, half)
    )
    group by journal_id, half
    having count(*) = 1
    union all
    select journal_id, half, 'event' from crowded
),
counts as (
    select source, half, channels is null as is_of_all, vote, count(*) as votes
    from votes
    join entries using (journal_id, half)
    group by all
),
elected as (
    select spans.*, votes.vote is not distinct from span as is_own_vote, counts.votes
    from spans
    join entries using (journal_id, half)
    left join votes using (journal_id, half)
    left join counts
        on entries.source is not distinct from counts.source and entries.half = counts.half
        and (entries.channels is null) = counts.is_of_all and spans.span = counts.vote
    left join counts as events
        on entries.source is not distinct from events.source and entries.half = events.half
        and (entries.channels is null) = events.is_of_all and events.vote = 'event'
    where counts.votes > coalesce(events.votes, 0) and (counts.votes >= 2 or is_stated)
)
select journal_id, half, span, starts_on, ends_on
from elected
qualify row_number() over (partition by journal_id, half order by is_own_vote desc, votes desc, span) = 1

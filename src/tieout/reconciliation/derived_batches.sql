-- The entries that stand for many events which nothing declares: for those of a payout, or of a day or month of their channels.
-- Entries of one span are one batch: which of them is one too many cannot be told.
-- Grain: one row per half of such an entry. ``batch_id``: the payout's, else the entry's own, where it has one that no other span
-- has, else the name of the first journal. ``channels``: empty for all.
with entries as (
    select journal_id, half, any_value(settlement_id) as settlement_id, any_value(batch_id) as batch_id,
        any_value(channels) as channels
    from open_entries
    group by journal_id, half
),
payouts as (
    select entries.* exclude (batch_id, channels), settlement_id as name, 'payout' as span, local_date(starts_at) as starts_on,
        local_date(ends_at) as ends_on, [settlements.channel] as channels
    from entries
    join settlements using (settlement_id)
),
others as (
    select journal_id, half, settlement_id, span, starts_on, ends_on, channels,
        min(journal_id) over same as first_journal_id, min(batch_id) over same as own_id
    from entries
    join entry_spans using (journal_id, half)
    window same as (partition by half, span, starts_on, ends_on, channels)
),
shared as (
    select own_id from others group by own_id having count(distinct (span, starts_on, ends_on, channels)) > 1
)
select journal_id, half, settlement_id, name as batch_id, span, starts_on, ends_on, channels from payouts
union all
select journal_id, half, settlement_id,
    case when own_id in (from shared) then first_journal_id else coalesce(own_id, first_journal_id) end,
    span, starts_on, ends_on, channels
from others

-- Whether the ledger puts the channels into their right order: their places by contribution margin, recorded and corrected.
-- Grain: one row per period and channel with lines in either book. Margins are shares of revenue; contribution and its distortion
-- (recorded − corrected) in functional currency. Only channels with revenue in both books have a place: 1 is the best.
with books as (
    select period, channel,
        coalesce(sum(contribution) filter (where book = 'recorded'), 0) as contribution_recorded,
        coalesce(sum(contribution) filter (where book = 'corrected'), 0) as contribution_corrected,
        any_value(contribution_margin) filter (where book = 'recorded' and revenue > 0) as margin_recorded,
        any_value(contribution_margin) filter (where book = 'corrected' and revenue > 0) as margin_corrected
    from channel_margin
    where book in ('recorded', 'corrected') and channel is not null
    group by all
),
ranked as (
    select *, margin_recorded is not null and margin_corrected is not null as has_rank,
        rank() over (partition by period, has_rank order by margin_recorded desc) as rank_recorded,
        rank() over (partition by period, has_rank order by margin_corrected desc) as rank_corrected
    from books
)
select
    period, channel, money(contribution_recorded) as contribution_recorded,
    money(contribution_corrected) as contribution_corrected,
    money(contribution_recorded - contribution_corrected) as distortion, margin_recorded, margin_corrected,
    case when has_rank then rank_recorded end as rank_recorded, case when has_rank then rank_corrected end as rank_corrected,
    case when has_rank then rank_corrected - rank_recorded end as rank_change,
    case when margin_recorded is null then 'no recorded revenue'
        when margin_corrected is null then 'no corrected revenue' end as reason
from ranked
join periods using (period)
order by number, channel

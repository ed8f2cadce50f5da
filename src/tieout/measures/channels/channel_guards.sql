-- Whether the channels can be compared: what one of them bears on the books and another does not.
-- Grain: one row per period and channel with corrected revenue. ``has_…``: the corrected book holds such an amount for it.
-- Outbound freight is the fulfilment fee; advertising is its fee or marketing. Where another channel has either and this one has
-- none, it is not comparable, and ``reason`` says what is missing (among unclassified fees it may hide, but that is not known).
with facts as (
    select period, channel,
        bool_or(starts_with(step, 'fees_')) as has_fees,
        bool_or(step = 'fees_fulfilment') as has_fulfilment,
        bool_or(step in ('fees_advertising', 'marketing')) as has_advertising,
        bool_or(step = 'returns') as has_returns,
        bool_or(step = 'fees_unclassified') as has_unclassified_fees
    from channel_waterfall
    where book = 'corrected' and channel is not null and amount <> 0
    group by all
    having bool_or(step = 'gross_sales')
),
compared as (
    select *,
        bool_or(has_fulfilment) over (partition by period) and not has_fulfilment as lacks_fulfilment,
        bool_or(has_advertising) over (partition by period) and not has_advertising as lacks_advertising
    from facts
)
select
    period, channel, has_fees, has_fulfilment, has_advertising, has_returns,
    not lacks_fulfilment and not lacks_advertising as is_comparable,
    case when lacks_fulfilment or lacks_advertising then
        'not comparable: no ' || concat_ws(' and no ', case when lacks_fulfilment then 'outbound freight' end,
            case when lacks_advertising then 'advertising' end)
        || ' for ' || channel || if(has_unclassified_fees, ', unless among its unclassified fees', '') end as reason
from compared
join periods using (period)
order by number, channel

-- The channels that only their settlements tell of: none of their orders is known.
-- Grain: one row per channel.
select channel
from (
    select settlements.channel, lines.order_id in (select order_id from order_lines) as is_known
    from settlements
    join settlement_lines as lines using (settlement_id)
    where settlements.channel not in (select channel from order_lines)
)
group by channel
having not bool_or(coalesce(is_known, false))

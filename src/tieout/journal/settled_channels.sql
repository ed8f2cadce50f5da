-- The channels whose sales only their settlements tell: none of their orders is known.
-- Grain: one row per channel.
select channel
from (
    select settlements.channel, lines.type, lines.order_id in (select order_id from order_lines) as is_known
    from settlements
    join settlement_lines as lines using (settlement_id)
    where settlements.channel not in (select channel from order_lines)
)
group by channel
having bool_or(type = 'sale') and not bool_or(coalesce(is_known, false))

-- The channels whose sales only their settlements tell: none of their orders is known.
-- Grain: one row per channel.
select settlements.channel
from settlements
join settlement_lines as lines using (settlement_id)
left join order_lines as orders using (order_id)
where settlements.channel not in (select channel from order_lines)
group by settlements.channel
having bool_or(lines.type = 'sale') and count(orders.order_id) = 0

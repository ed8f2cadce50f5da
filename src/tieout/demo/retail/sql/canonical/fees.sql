-- Grain: one fee; GBP, a cost is positive.
select fee_id, channel, order_id, type, pounds(amount) as amount, moment as charged_at
from charged_fees
order by fee_id

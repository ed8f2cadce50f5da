-- Causes that hide each other: in one role and period, what one takes another gives.
-- Grain: one row per role and pair of causes. Functional currency. ``amount``: how much of the one disappears behind the other if
-- only the balance of the role is looked at, summed over the periods; a cause may hide behind several others.
with nets as (
    select role, period, cause, sum(amount) as amount from corrections group by all having sum(amount) <> 0
)
select nets.role, nets.cause, others.cause as hidden_by, money(sum(least(nets.amount, -others.amount))) as amount
from nets
join nets as others using (role, period)
where nets.amount > 0 and others.amount < 0
group by all
order by amount desc, nets.role, nets.cause, hidden_by

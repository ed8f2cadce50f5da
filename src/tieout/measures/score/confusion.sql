-- Under which cause the money of each cause was found.
-- Grain: one row per true and found cause. Functional currency, above zero. Rows of a true cause sum to what was planted of it,
-- rows of a found cause to what was found. At each coordinate (event, role, sku, location, channel, period) equal causes are
-- matched first; what is left is laid end to end by the name of the cause, per sign, and shared with what lies opposite; beyond
-- that it faces 'nothing': missed, or claimed without truth.
with missed as (
    select cause, event_id, role, sku, location, channel, period, sign(planted) as side, abs(planted) - hit as amount,
        sum(abs(planted) - hit) over (
            partition by event_id, role, sku, location, channel, period, sign(planted) order by cause
        ) as until
    from compared
    where abs(planted) > hit
),
surplus as (
    select cause, event_id, role, sku, location, channel, period, sign(found) as side, abs(found) - hit as amount,
        sum(abs(found) - hit) over (
            partition by event_id, role, sku, location, channel, period, sign(found) order by cause
        ) as until
    from compared
    where abs(found) > hit
),
lengths as (
    select event_id, role, sku, location, channel, period, side,
        max(until) filter (where is_missed) as missed, max(until) filter (where not is_missed) as surplus
    from (select *, true as is_missed from missed union all select *, false from surplus)
    group by all
),
pairs as (
    select cause as true_cause, cause as found_cause, hit as amount from compared
    union all
    select missed.cause, surplus.cause,
        least(missed.until, surplus.until) - greatest(missed.until - missed.amount, surplus.until - surplus.amount)
    from missed
    join surplus using (event_id, role, sku, location, channel, period, side)
    union all
    select missed.cause, 'nothing', missed.until - greatest(missed.until - missed.amount, coalesce(lengths.surplus, 0))
    from missed
    join lengths using (event_id, role, sku, location, channel, period, side)
    union all
    select 'nothing', surplus.cause, surplus.until - greatest(surplus.until - surplus.amount, coalesce(lengths.missed, 0))
    from surplus
    join lengths using (event_id, role, sku, location, channel, period, side)
)
select true_cause, found_cause, money(sum(amount)) as amount
from pairs
where amount > 0
group by all
order by true_cause, found_cause

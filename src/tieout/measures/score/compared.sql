-- The truth beside what was found of it. ``hit``: the lesser of the two where both have the same sign.
-- Grain: one row per cause and coordinate (event, role, sku, location, channel, period); it is a *line* of the score.
-- Functional currency, ``planted`` and ``found`` Dr + / Cr −. A line is ``is_exact`` where both are equal to the minor unit.
with planted as (
    select cause, event_id, role, sku, location, channel, period, sum(amount) as planted
    from truth
    where cause <> 'in_flight'
    group by all
    having sum(amount) <> 0
),
found as (
    select cause, event_id, role, sku, location, channel, period, sum(found) as found
    from claimed
    group by all
    having sum(found) <> 0
),
both_sides as (
    select cause, event_id, role, sku, location, channel, period,
        money(coalesce(planted, 0)) as planted, money(coalesce(found, 0)) as found
    from planted
    full join found using (cause, event_id, role, sku, location, channel, period)
)
select *,
    money(case when sign(planted) = sign(found) then least(abs(planted), abs(found)) else 0 end) as hit,
    planted = found as is_exact
from both_sides

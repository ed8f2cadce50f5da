-- Each cause both ways (SAB 108): what it does to the income of the period, and what has accumulated in the balance at its end.
-- Grain: one row per period, cause and timing of its lines (reversing, parked, permanent, dimensional), from its first correction
-- on; ``cause`` total is the sum over causes, ``timing`` total over all of them. Functional currency, recorded − corrected.
-- ``rollover``: profit of the period overstated; ``iron_curtain``: profit overstated since the beginning, which is by how much
-- net assets at the period's end are; it rises by the rollover of each period. ``inventory_error``: by how much stock and goods
-- in transit are overstated then. ``_min``: evidence A and B alone. ``overstated``, ``understated``: the rollover one-sided, per
-- cause and event.
with by_event as (
    select cause, timing, period, event_id,
        sum(case when is_profit then amount else 0 end) as profit,
        sum(case when is_profit and evidence in ('A', 'B') then amount else 0 end) as profit_min,
        sum(case when role in ('inventory', 'in_transit') then -amount else 0 end) as inventory
    from corrections
    join roles using (role)
    where evidence in ('A', 'B', 'C')
    group by all
),
effects as (
    select
        coalesce(cause, 'total') as cause, coalesce(timing, 'total') as timing, period, sum(profit) as profit,
        sum(greatest(profit, 0)) as overstated, sum(greatest(-profit, 0)) as understated, sum(profit_min) as profit_min,
        sum(inventory) as inventory
    from by_event
    group by grouping sets ((cause, timing, period), (timing, period), (period))
),
firsts as (
    select cause, timing, min(number) as first_number from effects join periods using (period) group by all
),
running as (
    select
        periods.number, periods.period, firsts.cause, firsts.timing, coalesce(effects.profit, 0) as profit,
        sum(effects.profit) over so_far as profit_so_far, coalesce(effects.overstated, 0) as overstated,
        coalesce(effects.understated, 0) as understated, coalesce(effects.profit_min, 0) as profit_min,
        sum(effects.profit_min) over so_far as profit_min_so_far, sum(effects.inventory) over so_far as inventory_so_far
    from firsts
    join periods on periods.number >= firsts.first_number
    left join effects
        on periods.period = effects.period and firsts.cause = effects.cause and firsts.timing = effects.timing
    window so_far as (partition by firsts.cause, firsts.timing order by periods.number)
)
select
    period, cause, timing, money(profit) as rollover, money(profit_so_far) as iron_curtain,
    money(inventory_so_far) as inventory_error, money(profit_min) as rollover_min,
    money(profit_min_so_far) as iron_curtain_min, money(overstated) as overstated, money(understated) as understated
from running
order by number, timing = 'total', timing, cause = 'total', cause

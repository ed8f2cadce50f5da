-- In which order to fix the families of causes: what makes most money stand wrong first, and what is left after each.
-- Grain: one row per family of causes that has an error of evidence A to C; ``rank`` is its place. Functional currency, all
-- periods. ``distorted``: Σ |amount| of its corrections; ``_min``: of evidence A and B alone, ``_max``: with each ambiguous line
-- that it may be the cause of. ``profit``: what its corrections add to gross profit. ``exceptions``, ``hours``, ``cost``: the
-- work that it makes, an estimate as in what_if.sql. ``…_left``: what is left once it and all before it are fixed;
-- ``profit_misplaced_left``: Σ over the periods of |gross profit − corrected|.
with found as (
    select family, sum(abs(amount)) as distorted, sum(if(evidence = 'C', 0, abs(amount))) as distorted_min,
        sum(if(is_gross_profit(role), -amount, 0)) as profit
    from corrections
    where evidence in ('A', 'B', 'C')
    group by family
),
possible as (
    select family, sum(abs(amount)) as possible
    from (
        select distinct causes.family, correction_id, amount
        from ambiguity
        join causes on ambiguity.candidate = causes.cause
    )
    group by family
),
work as (
    select family, count(*) as exceptions, sum(case work
            when 'look' then minutes_look when 'match' then minutes_match
            when 'investigate' then minutes_investigate else minutes_recompute end) as minutes
    from work_items
    cross join settings
    where evidence in ('A', 'B', 'C')
    group by family
),
ranked as (
    select row_number() over (order by distorted desc, family) as rank, found.*, coalesce(possible, 0) as possible,
        coalesce(exceptions, 0) as exceptions, coalesce(minutes, 0) as minutes
    from found
    left join possible using (family)
    left join work using (family)
),
steps as (
    -- The gross profit of each period once the families up to a rank are fixed, less the corrected one.
    select ranked.rank, periods.period,
        sum(before.to_recorded) - any_value(corrected.to_recorded) as misplaced
    from ranked
    cross join periods
    join ranked as earlier on earlier.rank <= ranked.rank
    join what_if_periods as before
        on before.kind = 'cause_family' and before.scenario = earlier.family and before.period = periods.period
    join what_if_periods as corrected
        on corrected.kind = 'book' and corrected.scenario = 'corrected' and corrected.period = periods.period
    group by all
),
remaining as (
    select rank, sum(abs(misplaced)) as profit_misplaced_left from steps group by rank
),
recorded as (
    select * from what_if where scenario = 'recorded'
)
select ranked.rank, family, money(ranked.distorted) as distorted, money(distorted_min) as distorted_min,
    money(ranked.distorted + possible) as distorted_max, money(profit) as profit, ranked.exceptions,
    half_up(ten_thousandths(ranked.minutes), 60)::decimal(18, 0) * 0.0001::decimal(5, 4) as hours,
    money(half_up(ten_thousandths(ranked.minutes), 60)::decimal(18, 0) * 0.0001::decimal(5, 4) * hourly_rate) as cost,
    money(recorded.distorted - sum(ranked.distorted) over so_far) as distorted_left,
    money(profit_misplaced_left) as profit_misplaced_left,
    (recorded.hours - half_up(ten_thousandths(sum(ranked.minutes) over so_far), 60)::decimal(18, 0) * 0.0001::decimal(5, 4))
        ::decimal(18, 4) as hours_left
from ranked
join remaining using (rank)
cross join recorded
cross join settings
window so_far as (order by ranked.rank)
order by ranked.rank

-- The price of each fix: what the books of all periods would be, what would still be wrong in them, and the work that is left.
-- Grain: one row per scenario (what_if_periods.sql says what each is). Functional currency. ``profit_misplaced``: Σ over the
-- periods of |misplaced|; ``distorted``: Σ |amount| of the lines that still stand wrong.
-- An estimate: ``exceptions`` that somebody must clear, ``hours`` and ``cost`` of that, at the minutes and the rate of the
-- configuration ([labour]), never part of the ledger's money: those of work_items.sql; what an interval puts into another period
-- reverses by itself: a look. ``replay``: what stands behind the figures; ``months`` (of 30.4375 days): how long they cover.
with items as (
    select *, evidence in ('A', 'B', 'C') as in_corrected from work_items
),
left_over as (
    select scenarios.kind, scenarios.scenario, items.work, count(*) as exceptions
    from (select distinct kind, scenario from what_if_periods where kind <> 'interval') as scenarios
    join items on case
        when scenarios.kind = 'cause_family' then not (items.in_corrected and items.family = scenarios.scenario)
        when scenarios.scenario = 'explode_kits'
            then not (items.in_corrected and items.cause in ('kit_not_exploded', 'kit_component_dropped'))
        when scenarios.scenario = 'pass_cost_layers' then not (items.in_corrected and items.is_cost)
        when scenarios.scenario = 'recorded' then true
        when scenarios.scenario = 'corrected' then not items.in_corrected
        else false end
    group by all
    union all
    select 'interval', 'every_' || minutes || '_minutes', 'look', count(distinct event_id)
    from interval_lines
    where effect = 'moved'
    group by minutes
    union all
    select 'interval', 'every_' || minutes || '_minutes', 'recompute', count(distinct (keys.sku, period))
    from interval_lines
    join event_keys as keys using (event_id)
    where effect = 'revalued'
    group by minutes
),
work as (
    select kind, scenario, sum(exceptions)::bigint as exceptions, sum(exceptions * case work
            when 'look' then minutes_look when 'match' then minutes_match
            when 'investigate' then minutes_investigate else minutes_recompute end) as minutes_left
    from left_over
    cross join settings
    group by all
),
totals as (
    select scenario, kind, minutes, sum(revenue) as revenue, sum(cogs) as cogs, sum(gross_profit) as gross_profit,
        sum(to_recorded) as to_recorded, sum(to_corrected) as to_corrected, sum(abs(misplaced)) as profit_misplaced,
        sum(distorted) as distorted
    from what_if_periods
    group by all
),
covered as (
    select date_diff('day', min(start_date), least(max(end_date), local_date(any_value(moment)))) + 1 as days
    from periods
    cross join as_of
)
select
    scenario, kind, minutes, money(revenue) as revenue, money(cogs) as cogs, money(gross_profit) as gross_profit,
    gross_profit / nullif(revenue, 0) as gross_margin, money(to_recorded) as to_recorded, money(to_corrected) as to_corrected,
    money(profit_misplaced) as profit_misplaced, money(distorted) as distorted, coalesce(exceptions, 0) as exceptions,
    half_up(ten_thousandths(coalesce(minutes_left, 0)), 60)::decimal(18, 0) * 0.0001::decimal(5, 4) as hours,
    money(hours * hourly_rate) as cost,
    case kind when 'interval' then 'costing in the order of posting (measures/timing/as_posted.sql)'
        when 'cause_family' then 'journal without the errors of the family (corrections)'
        when 'fix' then if(scenario = 'explode_kits', 'costing of kits by component (costing/kit_parts.sql)',
            'costing of the recorded units by layer (walk, step unit_cost)')
        else 'the book itself' end as replay,
    case when revenue = 0 then 'no revenue' end as reason,
    half_up(greatest(days, 1) * 100000000, 304375)::decimal(18, 0) * 0.0001::decimal(5, 4) as months
from totals
left join work using (kind, scenario)
cross join settings
cross join covered
order by array_position(['book', 'interval', 'fix', 'cause_family'], kind), minutes, scenario

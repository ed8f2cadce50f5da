-- The one figure of a period, with the range that the evidence leaves, and whether it may be shown at all.
-- Grain: one row per period. ``gross_margin``: of the corrected book; ``_proven``: with evidence A and B alone. ``_min`` and
-- ``_max``: the corrected book with what is ambiguous or unexplained (D, U) taken in, and what a count puts in doubt taken out,
-- event by event where that lowers, or raises, the figure (of the margin: against the corrected one); and goods of unknown cost
-- anywhere between free and sold at no profit (their share of the units, of revenue). Money in functional currency.
-- ``known_cost_share``, ``known_cost_units``: share of what the period's shipments took from layers of known cost, by value and
-- by units (goods at zero cost have no value): not from what came in without a cost, or back without its sale, or stands below
-- zero to this day; of an average pool, as its units came. ``negative_stock_share``: value of places below zero, of Σ |value|, at
-- the end. ``is_withheld``: one of them is beyond the limits of the configuration, or sales have no cost at all, and ``reason``
-- says which. ``decimals``: how many a margin in percent carries (its range is within one unit of the last); NULL where it is
-- wider than a point: then only the range can be said.
with recursive inflows as (
    select coalesce(void_of, event_id) as event_id, sku, quantity, assembly, source_event_id, operation,
        (status & 6) <> 0 or operation = 'return' and (status & 24) <> 0 as is_assumed
    from valued_legs
    where operation in ('in', 'return', 'group_in')
),
inherited as (
    -- What came back, or was made, costs what its sale or its parts took.
    select event_id, source_event_id as taken_by from inflows where operation = 'return'
    union
    select products.event_id, coalesce(parts.void_of, parts.event_id)
    from inflows as products
    join valued_legs as parts on products.assembly = parts.assembly and parts.operation = 'group_out'
    where products.operation = 'group_in'
),
assumed as (
    select event_id from inflows where is_assumed
    union
    select inherited.event_id
    from assumed
    join layer_issues as issues on assumed.event_id = issues.receipt_event_id
    join inherited on issues.event_id = inherited.taken_by
),
pools as (
    select sku, sum(case when is_assumed then quantity else 0 end)::decimal(18, 4) as assumed,
        sum(quantity)::decimal(18, 4) as received
    from inflows
    group by sku
    having bool_or(is_assumed)
),
unknown as (
    select event_id, amount, quantity from layer_issues where receipt_event_id in (from assumed)
    union all
    select event_id, share_of_money(amount, assumed, received), share_of_quantity(quantity, assumed, received)
    from layer_issues
    join pools using (sku)
    where receipt_event_id is null
    union all
    select event_id, amount, quantity from shortages
),
shipped as (
    select coalesce(void_of, event_id) as event_id, days.period, sum(amount) as amount, sum(quantity)::decimal(18, 4) as quantity
    from valued_legs
    join days using (date)
    where operation = 'out' and type = 'shipment'
    group by all
),
guessed as (
    select event_id, sum(amount) as amount, sum(quantity)::decimal(18, 4) as quantity from unknown group by event_id
),
carried as (
    -- What the corrected book says that these goods cost.
    select event_id, money(sum(amount)) as amount
    from (
        select event_id, amount from booked_lines where role = 'cogs'
        union all
        select event_id, amount from corrections where role = 'cogs' and evidence in ('A', 'B', 'C')
    )
    semi join guessed using (event_id)
    group by event_id
),
effects as (
    select period, cause, event_id, is_doubtful and evidence = 'C' as is_inside,
        sum(-amount) as profit, sum(case when role = 'revenue' then -amount else 0 end) as revenue
    from corrections
    where is_gross_profit(role)
        and (evidence in ('D', 'U') or is_doubtful and evidence = 'C')
        and not (role = 'cogs' and event_id in (select event_id from guessed))
    group by all
),
changes as (
    select period, case when is_inside then -profit else profit end as profit,
        case when is_inside then -revenue else revenue end as revenue
    from effects
),
weighed as (
    select changes.*, changes.profit - margin.gross_margin * changes.revenue as pull
    from changes
    join margin on changes.period = margin.period and margin.book = 'corrected'
),
bounds as (
    select period, sum(least(profit, 0)) as profit_down, sum(greatest(profit, 0)) as profit_up,
        sum(case when pull < 0 then profit else 0 end) as low_profit,
        sum(case when pull < 0 then revenue else 0 end) as low_revenue,
        sum(case when pull > 0 then profit else 0 end) as high_profit,
        sum(case when pull > 0 then revenue else 0 end) as high_revenue
    from weighed
    group by period
),
unsure as (
    select period, sum(-amount) as profit, sum(case when role = 'revenue' then -amount else 0 end) as revenue
    from corrections
    where is_gross_profit(role) and evidence = 'C'
    group by period
),
known as (
    select period, coalesce(sum(guessed.amount), 0) as unknown_cost, sum(shipped.amount) as cost,
        coalesce(sum(guessed.quantity), 0)::decimal(18, 4) as unknown_units, sum(shipped.quantity)::decimal(18, 4) as units,
        coalesce(sum(share_of_money(carried.amount, guessed.quantity, shipped.quantity)), 0) as carried_cost
    from shipped
    left join guessed using (event_id)
    left join carried using (event_id)
    group by period
),
negative as (
    select period, coalesce(sum(abs(amount)) filter (where quantity < 0), 0) / nullif(sum(abs(amount)), 0) as share
    from inventory
    where book = 'expected'
    group by period
),
figures as (
    select
        periods.period, periods.number, margin.gross_margin, margin.gross_profit, margin.revenue,
        (margin.gross_profit - coalesce(unsure.profit, 0)) / nullif(margin.revenue - coalesce(unsure.revenue, 0), 0) as proven,
        coalesce(known.carried_cost, 0) as cheaper,
        margin.revenue > 0 and margin.cogs = 0 and known.units is null and settings.min_known_cost_percent > 0 as has_no_costs,
        case when has_no_costs then margin.revenue
            when margin.revenue > 0 and known.units > 0
            then greatest(share_of_money(margin.revenue, known.unknown_units, known.units) - known.carried_cost, 0) else 0 end
            as dearer,
        (margin.gross_profit + coalesce(low_profit, 0) - dearer)
            / nullif(margin.revenue + coalesce(low_revenue, 0), 0) as low,
        (margin.gross_profit + coalesce(high_profit, 0) + cheaper)
            / nullif(margin.revenue + coalesce(high_revenue, 0), 0) as high,
        margin.gross_profit + coalesce(profit_down, 0) - dearer as profit_min,
        margin.gross_profit + coalesce(profit_up, 0) + cheaper as profit_max,
        1 - known.unknown_cost / nullif(known.cost, 0) as by_value, 1 - known.unknown_units / nullif(known.units, 0) as by_units,
        negative.share as negative_share,
        case when has_no_costs then 'neither the ledger nor the stock history has a cost of these sales'
            when 100 * least(by_value, by_units) < settings.min_known_cost_percent
            then 'only ' || printf('%.1f', 100 * least(by_value, by_units))
                || '% of the cost of sales comes from layers of known cost (' || settings.min_known_cost_percent::double
                || '% are needed)' end as too_few_costs,
        case when 100 * negative.share > settings.max_negative_stock_percent
            then printf('%.1f', 100 * negative.share) || '% of the stock stands below zero ('
                || settings.max_negative_stock_percent::double || '% are allowed)' end as below_zero
    from periods
    cross join settings
    join margin on periods.period = margin.period and margin.book = 'corrected'
    left join bounds on periods.period = bounds.period
    left join unsure on periods.period = unsure.period
    left join known on periods.period = known.period
    left join negative on periods.period = negative.period
),
ranges as (
    select *, least(gross_margin, low) as margin_min, greatest(gross_margin, high) as margin_max from figures
)
select
    period, gross_margin, proven as gross_margin_proven, margin_min as gross_margin_min, margin_max as gross_margin_max,
    money(gross_profit) as gross_profit, money(profit_min) as gross_profit_min, money(profit_max) as gross_profit_max,
    by_value as known_cost_share, by_units as known_cost_units, negative_share as negative_stock_share,
    too_few_costs is not null or below_zero is not null as is_withheld,
    case when margin_max - margin_min <= 0.001 then 1 when margin_max - margin_min <= 0.01 then 0 end as decimals,
    nullif(concat_ws('; ', case when gross_margin is null then 'no sales' end, too_few_costs, below_zero), '') as reason
from ranges
order by number

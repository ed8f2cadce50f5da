-- Sales whose cost the ledger made from their revenue by one ratio, whatever was sold.
-- A source's ratio is that which comes nearest to the costs of its sales (Σ cost × revenue ÷ Σ revenue², over those within a
-- point of the middle one), as it comes or rounded to four places; a cost fits within one minor unit. It is a rule where at
-- least 95 % of at least five sales that it can be told by fit, over all time or in a quarter or period, and where the items
-- sold really cost different shares of their price: else the ratio is just their cost. It is one parameter set free for a
-- whole source; so no sale speaks for it which another method (none set free) or a known cost explains as well.
-- Grain: one row per sale.
with booked as (
    select sides.unit_id as event_id, coalesce(recorded.source, '') as source, min(sides.date) as date,
        sum(sides.amount) as cost
    from sides
    join (select distinct journal_id, source from recorded) as recorded using (journal_id)
    left join fates using (unit_kind, unit_id, half, journal_id)
    where sides.side = 'recorded' and sides.unit_kind = 'event' and sides.half = 'goods' and sides.role = 'cogs'
        and coalesce(fates.fate, 'kept') = 'kept'
    group by sides.unit_id, recorded.source
),
wanted as (
    select event_id, sum(case when role = 'cogs' then amount else 0 end) as true_cost,
        sum(case when role = 'revenue' then -amount else 0 end) as revenue
    from expected
    where event_type = 'shipment' and role in ('cogs', 'revenue')
    group by event_id
),
sales as (
    select booked.*, span, keys.sku, wanted.true_cost, wanted.revenue
    from booked
    join wanted using (event_id)
    join event_keys as keys using (event_id)
    join intervals using (date)
    where booked.cost > 0 and wanted.revenue > 0
),
near as (
    select sales.*, abs(cost - converted(revenue, middle)) <= 0.01 * revenue + from_minor_units(2) as is_near
    from sales
    join (
        select source, span, quantile_disc(cost / revenue, 0.5) as middle from sales group by all
    ) as middles using (source, span)
),
nearest as (
    -- No ratio is tried where one sale in ten is far from any.
    select source, span, sum(cost * revenue) filter (where is_near) / sum(revenue * revenue) filter (where is_near) as ratio
    from near
    group by all
    having 10 * sum(is_near::integer) >= 9 * count(*)
),
ratios as (
    select source, span, unnest([ratio, round(ratio, 4)]) as ratio from nearest
),
fitted as (
    select sales.*, ratio, money(converted(revenue, ratio)) as blended_cost,
        abs(cost - blended_cost) <= from_minor_units(1) as is_borne_out
    from sales
    join ratios using (source, span)
),
explained as (
    select unit_id as event_id from believed_costs union select unit_id from cost_facts
),
judged as (
    select source, span, ratio, sku, count(*) as sales, sum(is_borne_out::integer) as fits,
        sum(true_cost) / sum(revenue) as true_ratio
    from fitted
    where abs(true_cost - blended_cost) > from_minor_units(1) and not (is_borne_out and event_id in (from explained))
    group by all
),
rules as (
    select source, span, ratio
    from judged
    group by all
    having sum(sales) >= 5 and 100 * sum(fits) >= 95 * sum(sales) and max(true_ratio) - min(true_ratio) > 0.01
)
select distinct event_id
from fitted
semi join rules using (source, span, ratio)
where is_borne_out

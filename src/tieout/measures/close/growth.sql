-- What the differences distort beside what the company does: does it grow with kits, lanes, events and sales?
-- Grain: one row per period and driver. ``count``: kits_sold, units of kits shipped; transfer_lanes, pairs of places that goods
-- moved between; thousand_events; revenue, of the corrected book in units of currency. Functional currency: ``distortion``, Σ
-- |amount| of the corrections in the corrected book (A to C) of its family (kits, transfers; all for the others), of evidence A
-- and B alone (``_min``), and with what is ambiguous or unexplained, ambiguous lines that may be of the family among them
-- (``_max``). ``overstated``, ``understated``: profit recorded too high and too low, per cause and event; ``net`` = overstated −
-- understated. ``ratio`` = distortion ÷ count.
with drivers (driver, family) as (
    values ('kits_sold', 'kits'), ('transfer_lanes', 'transfers'), ('thousand_events', null), ('revenue', null)
),
shipped as (
    select period, sum(quantity)::decimal(38, 4) as count
    from stock_rows
    join items on stock_rows.sku = items.sku and items.kit_type in ('virtual', 'assembled')
    where type = 'shipment' and voided_at is null
    group by all
),
lanes as (
    select period, count(distinct (ships_from, arrives_at)) as count
    from stock_rows
    where type = 'transfer' and ships_from <> arrives_at and voided_at is null
    group by all
),
counts as (
    select period, 'kits_sold' as driver, count from shipped
    union all
    select period, 'transfer_lanes', count from lanes
    union all
    select period, 'thousand_events', (events * 0.001)::decimal(38, 4) from labour_rates
    union all
    select period, 'revenue', revenue from margin where book = 'corrected'
),
suspected as (
    select ambiguity.correction_id, list(distinct causes.family) as families
    from ambiguity
    join causes on ambiguity.candidate = causes.cause
    group by all
),
lines as (
    select corrections.period, cause, event_id, case when family = 'unknown' then null else family end as family,
        coalesce(families, []) as families, evidence, sum(abs(amount)) as gross,
        sum(case when roles.is_profit then amount else 0 end) as distortion
    from corrections
    join roles using (role)
    left join suspected using (correction_id)
    where evidence <> 'N'
    group by all
),
sums as (
    select lines.period, drivers.driver,
        sum(gross) filter (where evidence in ('A', 'B', 'C') and is_of_family) as distortion,
        sum(gross) filter (where evidence in ('A', 'B') and is_of_family) as distortion_min,
        sum(gross) as distortion_max,
        sum(greatest(distortion, 0)) filter (where evidence in ('A', 'B', 'C') and is_of_family) as overstated,
        sum(greatest(-distortion, 0)) filter (where evidence in ('A', 'B', 'C') and is_of_family) as understated
    from drivers
    join lines
        on drivers.family is null or lines.family = drivers.family or list_contains(lines.families, drivers.family)
    cross join lateral (select drivers.family is null or coalesce(lines.family = drivers.family, false) as is_of_family)
    group by all
)
select periods.period, drivers.driver, coalesce(counts.count, 0)::decimal(38, 4) as count,
    money(coalesce(distortion, 0)) as distortion, money(coalesce(distortion_min, 0)) as distortion_min,
    money(coalesce(distortion_max, 0)) as distortion_max, money(coalesce(overstated, 0)) as overstated,
    money(coalesce(understated, 0)) as understated, money(coalesce(overstated, 0) - coalesce(understated, 0)) as net,
    case when counts.count > 0 then coalesce(distortion, 0) / counts.count end as ratio,
    case when coalesce(counts.count, 0) <= 0 then 'none of the driver in the period' end as reason
from periods
cross join drivers
left join counts on periods.period = counts.period and drivers.driver = counts.driver
left join sums on periods.period = sums.period and drivers.driver = sums.driver
order by number, array_position(['kits_sold', 'transfer_lanes', 'thousand_events', 'revenue'], drivers.driver)

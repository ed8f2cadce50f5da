-- A memo for the tax return: our own goods that moved from one tax region to another, at cost. No entry depends on it.
-- Grain: one row per period and pair of regions; a transfer through transit counts when it leaves. Functional currency; under
-- company scope transfers have no value. ``unbooked``: of that what no ledger entry mentions.
with places as (
    select location, tax_region, coalesce(type, '') as type from locations where tax_region is not null or type = 'transit'
),
transfers as (
    select rows.event_id, rows.document, rows.sku, rows.date, rows.quantity, rows.position,
        sources.tax_region as tax_region_from,
        case when targets.type <> 'transit' then targets.tax_region end as tax_region_to
    from stock_rows as rows
    join places as sources on rows.ships_from = sources.location
    left join places as targets on rows.arrives_at = targets.location
    where rows.type = 'transfer' and rows.owner = 'own'
),
arrivals as (
    select departures.event_id, arg_min(targets.tax_region, legs.position) as tax_region_to
    from transfers as departures
    join stock_rows as legs
        on departures.document = legs.document and departures.sku = legs.sku and legs.type = 'transfer'
        and legs.position > departures.position
    join places as targets on legs.arrives_at = targets.location and targets.type <> 'transit'
    where departures.tax_region_to is null
    group by departures.event_id
),
worth as (
    select event_id, sum(amount) as amount from valued_legs where operation = 'move' and after = 0 group by event_id
),
booked as (
    select distinct event_id from sides where side = 'recorded'
),
moved as (
    select transfers.*, worth.amount, booked.event_id is not null as is_booked,
        coalesce(transfers.tax_region_to, arrivals.tax_region_to) as region_to
    from transfers
    left join arrivals using (event_id)
    left join worth using (event_id)
    left join booked using (event_id)
)
select days.period, tax_region_from, region_to as tax_region_to, sum(quantity)::decimal(18, 4) as quantity,
    money(sum(amount)) as amount,
    money(sum(case when not is_booked then amount else 0 end)) as unbooked
from moved
join days using (date)
join periods using (period)
where tax_region_from <> region_to
group by all
order by min(periods.number), tax_region_from, tax_region_to

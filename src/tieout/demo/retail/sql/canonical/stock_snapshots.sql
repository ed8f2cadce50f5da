-- What the warehouse counted on its shelves at each month's end. Grain: month, sku, place and status; units.
with held as (
    select sku, to_holding as location, 'available' as status, moment, quantity from moves where to_holding is not null
    union all
    select sku, from_holding, 'available', moment, -quantity from moves where from_holding is not null
    union all
    select sku, location, 'damaged', returned_at, quantity from credit_lines where is_goods_back and is_damaged
),
months as (
    select distinct last_day(moment) as day
    from journal
    where last_day(moment) < (select max(moment) from journal)
),
monthly as (
    select sku, location, status, last_day(moment) as day, sum(quantity) as quantity
    from held
    where location in ('NORTH', 'SOUTH', 'FBA')
    group by all
)
select 'wms' as system, months.day + interval 1439 minute as taken_at, monthly.sku, monthly.location, monthly.status,
    sum(monthly.quantity)::bigint as quantity
from months
join monthly on monthly.day <= months.day
group by months.day, monthly.sku, monthly.location, monthly.status
having sum(monthly.quantity) <> 0
order by taken_at, monthly.sku, monthly.location, monthly.status

-- What is compared by the period only, where a ledger keeps periodic inventory: its sales are booked, their cost never; cost
-- of sales comes in entries that belong to no sale.
-- Grain: one row per unit whose goods move stock or cost of sales; none unless at least 95 % of at least five sales with
-- revenue in the ledger have no cost there, and entries without an event have.
with sales as (
    select distinct unit_id from sides where side = 'expected' and unit_kind = 'event' and role = 'cogs'
),
booked as (
    select unit_id, bool_or(half = 'money') as has_revenue, bool_or(half = 'goods') as has_cost
    from sides
    semi join sales using (unit_id)
    where side = 'recorded' and unit_kind = 'event'
    group by unit_id
),
keeps as (
    select count(*) filter (where has_revenue) >= 5
            and 100 * count(*) filter (where has_revenue and not has_cost) >= 95 * count(*) filter (where has_revenue)
            and exists (from sides where side = 'recorded' and unit_kind <> 'event' and role = 'cogs') as is_periodic
    from booked
)
select distinct unit_kind, unit_id
from sides
cross join keeps
where is_periodic and half = 'goods' and role in ('inventory', 'in_transit', 'cogs')

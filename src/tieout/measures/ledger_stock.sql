-- The units and the value of stock that the ledger shows, as they grow.
-- Grain: one row per sku, location (blank where the ledger names none) and date with an entry. Functional currency. A quantity
-- on a bill's line is not stock that moved.
select lines.sku, coalesce(lines.location, '') as location, lines.date,
    sum(sum(case when keys.event_type in ('vendor_bill', 'landed_cost', 'transfer_freight', 'standard_cost', 'revaluation') then 0
        else lines.quantity end)) over so_far::decimal(18, 4) as quantity,
    money(sum(sum(lines.amount)) over so_far) as amount
from linked_lines as lines
left join event_keys as keys using (event_id)
where lines.role in ('inventory', 'in_transit') and lines.sku is not null
group by lines.sku, coalesce(lines.location, ''), lines.date
window so_far as (partition by lines.sku, coalesce(lines.location, '') order by lines.date)

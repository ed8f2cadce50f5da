-- Assemblies: Dr inventory with the products, Cr inventory with the components and labour absorbed with the labour added, all
-- under the first product's row and at its date. What no product takes up is purchase price variance.
-- Grain: one row per expected line.
with parts as (
    select legs.*, assemblies.date as assembled_on, rows.arrives_at, rows.ships_from, goods.labour
    from valued_legs as legs
    join assemblies on legs.assembly = assemblies.number
    join stock_rows as rows on legs.event_id = rows.event_id
    join moved_goods as goods on legs.event_id = goods.event_id and legs.leg = goods.part
    where legs.operation in ('group_out', 'group_in')
),
lines as (
    select booked_under, stock_role(to_holding) as role, sku, to_location as location, assembled_on as date, quantity,
        entered as amount
    from parts
    where operation = 'group_in'
    union all
    select booked_under, stock_role(from_holding), sku, from_location, assembled_on, -quantity, -amount
    from parts
    where operation = 'group_out'
    union all
    select booked_under, 'labour_absorbed', sku, arrives_at, assembled_on, null, -labour
    from parts
    where operation = 'group_in' and labour <> 0
),
carried as (
    select booked_under, sum(carried) as amount from true_ups group by booked_under
)
select booked_under as event_id, 'assembly' as event_type, role, sku, location, null as channel, date,
    quantity::decimal(18, 4) as quantity, amount
from lines
union all
select booked_under, 'assembly', 'purchase_price_variance', arg_min(sku, row) filter (where operation = 'group_in'),
    arg_min(arrives_at, row) filter (where operation = 'group_in'), null, any_value(assembled_on), null,
    sum(case when operation = 'group_out' then parts.amount else labour - entered end)
        + coalesce(any_value(carried.amount), 0)
from parts
left join carried using (booked_under)
group by booked_under

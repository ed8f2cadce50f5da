-- Purchases: 3 % above what is needed so far, in whole packs, so a place never runs dry. They arrive between the 18th
-- and the 24th of the month before; December 2010 is opening stock.
-- Grain: one delivery of a sku to a place. Unit cost in GBP; SOUTH pays 2 % more. ``worth`` in pence.
with needed as (
    select sku, location, month, products.pack_size,
        sum(bought) over (partition by sku, location order by month) as bought_so_far
    from needs
    join products using (sku)
    where bought > 0
),
ordered as (
    select
        *,
        (((bought_so_far * 103 + 99) // 100 + pack_size - 1) // pack_size * pack_size)::bigint as units_so_far,
        units_so_far - coalesce(lag(units_so_far) over (partition by sku, location order by month), 0) as quantity
    from needed
),
priced as (
    select
        ordered.sku, ordered.location, ordered.month, ordered.quantity,
        (case when ordered.location = 'SOUTH' then round(costs.unit_cost * 1.02, 4) else costs.unit_cost end)
            ::decimal(18, 4) as unit_cost,
        row_number() over (order by ordered.month, ordered.location, ordered.sku) as number,
        date '2010-11-01' + to_months(ordered.month::integer) as month_before,
        ordered.sku || ordered.location || ordered.month as key
    from ordered
    join monthly_costs as costs using (sku, month)
    where ordered.quantity > 0
)
select
    event_key(case month when 0 then 'OPN' else 'RCV' end, number) as event_id,
    case month when 0 then 'opening' else 'receipt' end as type,
    sku, location, month, quantity, unit_cost,
    pence(quantity * unit_cost) as worth,
    case month
        when 0 then timestamp '2010-12-01 06:00:00'
        else in_office_hours(month_before::date + 17 + draw(key, 'day', 7)::integer, key, 'delivery')
    end as moment,
    'VENDOR-' || lpad(draw(sku, 'vendor', 40)::varchar, 2, '0') as vendor,
    case when month > 0
        then 'PO-' || month_of(month_before) || '-' || location || '-' || right(vendor, 2) end as document
from priced

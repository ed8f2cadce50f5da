-- Grain: one item.
select sku, name, category, case when kind in ('virtual', 'assembled') then kind else 'none' end as kit_type,
    null::decimal(18, 6) as standard_cost, dollars(list_price) as list_price, null::varchar as currency, lead_time_days,
    pack_size, (weight::decimal(18, 3) * 0.001)::decimal(18, 4) as weight, true as is_stocked
from items
order by sku

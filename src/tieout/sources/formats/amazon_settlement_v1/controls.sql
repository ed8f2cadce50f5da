-- Does the settlement's total equal the sum of its amounts?
-- Grain: one row per settlement and file.
with summed as (
    select source_file, settlement_id, sum(cash) as found from amazon_settlement_v1_amounts group by all
)
select source_file, 'settlement total' as control, settlement_id as id, number(total_amount) as expected,
    coalesce(summed.found, 0)::decimal(38, 6) as found
from amazon_settlement_v1
left join summed using (source_file, settlement_id)
where is_data and total_amount is not null

-- Are revenue, fees and adjustments what was settled?
-- Grain: one row per file.
select source_file, 'settlement amount' as control, source_file as id,
    sum(number(total_settlement_amount))::decimal(38, 6) as expected,
    sum(coalesce(number(total_revenue), 0) + coalesce(number(total_fees), 0)
        + coalesce(number(adjustment_amount), 0))::decimal(38, 6) as found
from tiktok_income
where is_data
group by source_file

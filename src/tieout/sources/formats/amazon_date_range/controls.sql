-- Do the totals of the rows equal the sum of their columns? A kind of money that is new to the report shows here.
-- Grain: one row per settlement and file.
with summed as (
    select source_file, settlement_id, sum(cash) as found from amazon_date_range_amounts group by all
)
select source_file, 'row totals' as control, settlement_id as id, sum(number(replace(total, chr(8239), ''))) as expected,
    coalesce(any_value(summed.found), 0)::decimal(38, 6) as found
from amazon_date_range_rows as rows
left join summed using (source_file, settlement_id)
where kind <> 'transfer'
group by all

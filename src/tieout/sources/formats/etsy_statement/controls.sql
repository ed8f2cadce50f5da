-- Are the amounts less fees and taxes the net?
-- Grain: one row per file; deposits have no net.
select source_file, 'net' as control, source_file as id, sum(coalesce(number(net), 0))::decimal(38, 6) as expected,
    sum(coalesce(number(amount), 0) + coalesce(number(fees_taxes), 0))::decimal(38, 6) as found
from etsy_statement
where is_data
group by source_file

-- Does every journal balance?
-- Grain: one row per file: an extract that is whole comes to nil.
select source_file, 'debits less credits' as control, source_file as id, 0::decimal(38, 6) as expected,
    sum(number(net_amount))::decimal(38, 6) as found
from xero_dbt_general_ledger
where is_data
group by source_file

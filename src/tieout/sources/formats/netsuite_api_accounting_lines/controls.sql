-- Does every transaction balance?
-- Grain: one row per file: an extract that is whole comes to nil.
select source_file, 'debits less credits' as control, source_file as id, 0::decimal(38, 6) as expected,
    sum(coalesce(number(amount), number(debit_less_credit(debit, credit)), 0))::decimal(38, 6) as found
from netsuite_api_accounting_lines
where is_data
group by source_file

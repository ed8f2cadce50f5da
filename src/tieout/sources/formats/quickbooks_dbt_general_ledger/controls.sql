-- Do debits equal credits?
-- Grain: one row per file, in the currencies of the documents.
select source_file, 'debits and credits' as control, source_file as id,
    coalesce(sum(number(amount)) filter (where lower(transaction_type) = 'debit'), 0)::decimal(38, 6) as expected,
    coalesce(sum(number(amount)) filter (where lower(transaction_type) = 'credit'), 0)::decimal(38, 6) as found
from quickbooks_dbt_general_ledger
where is_data
group by source_file

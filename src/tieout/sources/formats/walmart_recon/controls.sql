-- Is the payment the sum of its amounts?
-- Grain: one row per file.
select source_file, 'total payable' as control, source_file as id,
    sum(number(total_payable)) filter (where transaction_type = 'PaymentSummary')::decimal(38, 6) as expected,
    coalesce(sum(number(amount)) filter (where transaction_type <> 'PaymentSummary'), 0)::decimal(38, 6) as found
from walmart_recon
where is_data
group by source_file
having bool_or(transaction_type = 'PaymentSummary')

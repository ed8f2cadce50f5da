-- Reimbursements of days for which no settlement is at hand: nothing is paid yet, Amazon owes it.
-- Grain: one row per reimbursement and file.
select 'reimbursement ' || reimbursement_id as settlement_id, 'amazon' as channel,
    min(iso_time(approval_date, file_zone, file_dates)) as paid_at, '0' as gross, '0' as fees, '0' as refunds, '0' as net,
    max(currency_unit) as currency, source_file, min(source_row) as source_row, list(source_row) as source_rows
from amazon_reimbursements
where is_data
group by reimbursement_id, source_file

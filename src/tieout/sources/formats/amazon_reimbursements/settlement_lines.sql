-- What Amazon made good, in money or by giving units back (then the amount is nothing); what it took back is negative.
-- Grain: one row of the report.
select 'reimbursement ' || reimbursement_id as settlement_id,
    row_number() over (
        partition by source_file, reimbursement_id order by sku, fnsku, amount_total, source_row
    )::varchar as line_no,
    'reimbursement' as type, amazon_order_id as order_id, sku, plain_number(quantity_reimbursed_total) as quantity,
    plain_number(coalesce(amount_total, '0')) as amount, iso_time(approval_date, file_zone, file_dates) as posted_at, source_file,
    source_row
from amazon_reimbursements
where is_data

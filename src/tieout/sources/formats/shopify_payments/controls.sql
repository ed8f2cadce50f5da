-- Is the net that the export states for each transaction its amount less its fee, summed over the payout?
-- Grain: one row per payout and file; transactions not yet paid out go by the file.
select source_file, 'net of the payout' as control, coalesce(settlement_id, source_file) as id,
    coalesce(sum(number(net)), 0)::decimal(38, 6) as expected,
    coalesce(sum(number(amount) - number(fee)), 0)::decimal(38, 6) as found
from shopify_payments_entries
group by all

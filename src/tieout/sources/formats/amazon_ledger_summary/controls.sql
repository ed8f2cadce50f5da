-- Do the balances at the end equal those at the start and what moved?
-- Grain: one row per day and file for all balances that hold, and one for each that does not.
with balances as (
    select source_file, date, concat_ws(' ', date, msku, fnsku, disposition, location) as id,
        number(ending_warehouse_balance) as stated,
        number(starting_warehouse_balance) + coalesce(number(receipts), 0) + coalesce(number(customer_shipments), 0)
        + coalesce(number(customer_returns), 0) + coalesce(number(vendor_returns), 0)
        + coalesce(number(warehouse_transfer_in_out), 0) + coalesce(number(found), 0) + coalesce(number(lost), 0)
        + coalesce(number(damaged), 0) + coalesce(number(disposed), 0) + coalesce(number(other_events), 0)
        + coalesce(number(unknown_events), 0) as moved
    from amazon_ledger_summary
    where is_data
)
select source_file, 'ending balance' as control, if(stated = moved, date, balances.id) as id, sum(stated) as expected,
    sum(moved) as found
from balances
group by all

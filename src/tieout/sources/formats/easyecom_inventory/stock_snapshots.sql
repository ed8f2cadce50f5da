-- What lies in each warehouse, by state. What is received, discarded or lost in all time is no stock.
-- Grain: one row per item, warehouse and state; the available one always, so that nil is said too. Goods in locked bins stand
-- beside the available ones. The cost is a column that users add.
with states as (
    select *, [
        {'status': 'available', 'quantity': plain_number(available_quantity)},
        {'status': 'reserved', 'quantity':
            (coalesce(number(reserved_not_picked), 0) + coalesce(number(reserved_picked), 0))::varchar},
        {'status': 'quality_control', 'quantity':
            (coalesce(number(qc_passed), 0) + coalesce(number(qc_pending), 0) + coalesce(number(quarantine), 0)
                + coalesce(number(available_quantity_bin_locked), 0))::varchar},
        {'status': 'damaged', 'quantity':
            (coalesce(number(damaged), 0) + coalesce(number(repair), 0) + coalesce(number(qc_failed), 0)
                + coalesce(number(expiry), 0))::varchar},
        {'status': 'returned', 'quantity': plain_number(return_available)}
    ] as states
    from easyecom_inventory
    where is_data
),
parted as (
    select * exclude (states), unnest(states) as state from states
)
select 'easyecom' as system, iso_time(date, file_zone, file_dates) as taken_at, sku, location, state.status as status,
    coalesce(state.quantity, '0') as quantity, plain_number(cost_price) as unit_cost, source_file, source_row
from parted
where state.status = 'available' or number(state.quantity) <> 0

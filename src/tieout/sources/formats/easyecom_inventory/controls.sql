-- A total that users add: what is available, reserved or passed by quality control, without the locked bins.
-- Grain: one row per file with that column.
select source_file, 'total quantity' as control, source_file as id, sum(number(total_qty))::decimal(38, 6) as expected,
    sum(coalesce(number(available_quantity), 0) + coalesce(number(reserved_not_picked), 0)
        + coalesce(number(reserved_picked), 0) + coalesce(number(qc_passed), 0))::decimal(38, 6) as found
from easyecom_inventory
where is_data and total_qty is not null
group by source_file

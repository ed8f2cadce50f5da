-- The refunds of the orders.
-- Grain: one refund (a row of the export). ``refund_id``: the order and the moment, for the export has no ids; it is the same in
-- every export. ``origin``: the source.
with timed as (
    select raw.*, files.origin, iso_time(created_at, file_zone, file_dates) as moment
    from shopify_order_transactions as raw
    join export_files as files using (source_file)
    where is_data
),
numbered as (
    select *, row_number() over (
            partition by source_file, name, moment, gateway order by number(amount), source_row) as place
    from timed
),
named as (
    select *, concat_ws(' ', moment, 'refund', name, gateway, file_account, case when place > 1 then place end) as refund_id
    from numbered
)
select source_file, source_row, origin, refund_id, name as order_id, moment, amount, currency
from named

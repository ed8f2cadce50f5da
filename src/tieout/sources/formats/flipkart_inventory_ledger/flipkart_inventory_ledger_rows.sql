-- Rows of the ledger with their balances and movements; a column that is not there moves nothing.
-- Grain: one row per listing, warehouse and period. ``moved``: the period's closing by its opening and movements. ``is_first``:
-- no earlier period of it is loaded. All is known at the end of the period only.
with rows as (
    select source_file, source_row, fsn, sku, warehouse_id, file_zone, file_dates, plain_number(unit_cost) as unit_cost,
        iso_date(start_date, file_dates) as starts_on, iso_date(end_date, file_dates) as ends_on,
        coalesce(number(opening_warehouse_sellable_balance), 0) as opening,
        coalesce(number(opening_warehouse_unsellable_balance), 0) as opening_damaged,
        closing_warehouse_sellable_balance as closing, closing_warehouse_unsellable_balance as closing_damaged,
        coalesce(number(consignment_inward), 0) as inward, coalesce(number(orders_dispatches), 0) as dispatched,
        coalesce(number(order_returns), 0) as returned,
        coalesce(number(seller_recalls), 0) as recalled, coalesce(number(seller_recall_reject), 0) as not_recalled,
        coalesce(number(iwit_inward), 0) as moved_in, coalesce(number(iwit_outward), 0) as moved_out,
        coalesce(number(found_inventory), 0) as found, coalesce(number(lost_inventory), 0) as lost,
        concat_ws(':', 'flipkart', warehouse_id, listing_id, iso_date(end_date, file_dates)) as key
    from flipkart_inventory_ledger
    where is_data
)
select *, iso_time(starts_on || ' 00:00:00', file_zone, file_dates) as starts_at,
    iso_time(ends_on || ' 23:59:59', file_zone, file_dates) as ends_at,
    starts_on = min(starts_on) over (partition by warehouse_id, sku, fsn) as is_first,
    opening + opening_damaged + inward - dispatched + returned - recalled + not_recalled + moved_in - moved_out + found - lost
        as moved
from rows

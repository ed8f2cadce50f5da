-- What the posting rules post of events and documents; of these lines come what is taken back of events that were withdrawn
-- (post_void.sql), and what is a recovery or may still come back (post_settlement.sql, post_expected_returns.sql).
-- Grain: one row per line that a rule posts, under the name of the ``rule``. Functional currency, Dr + / Cr −.
select *, 'opening' as rule from post_opening
union all by name
select *, 'receipt' as rule from post_receipt
union all by name
select *, 'vendor_bill' as rule from post_vendor_bill
union all by name
select *, 'landed_cost' as rule from post_landed_cost
union all by name
select *, 'transfer_freight' as rule from post_transfer_freight
union all by name
select *, 'shipment_goods' as rule from post_shipment_goods
union all by name
select *, 'shipment_money' as rule from post_shipment_money
union all by name
select *, 'customer_return' as rule from post_customer_return
union all by name
select *, 'refund' as rule from post_refund
union all by name
select *, 'fee' as rule from post_fee
union all by name
select *, 'transfer' as rule from post_transfer
union all by name
select *, 'stock_adjustment' as rule from post_stock_adjustment
union all by name
select *, 'write_off' as rule from post_write_off
union all by name
select *, 'damage' as rule from post_damage
union all by name
select *, 'vendor_return' as rule from post_vendor_return
union all by name
select *, 'assembly' as rule from post_assembly
union all by name
select *, 'revaluation' as rule from post_revaluation
union all by name
select *, 'variance' as rule from post_variance
union all by name
select *, 'true_up' as rule from post_true_up
union all by name
select *, 'dropship' as rule from post_dropship
union all by name
select *, 'excess_credit' as rule from post_excess_credit
union all by name
select *, 'vendor_payment' as rule from post_vendor_payment
union all by name
select *, 'accepted_entry' as rule from post_accepted_entry

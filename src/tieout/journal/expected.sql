-- The journal as it should have been.
-- Grain: one row per event, role, sku, location, channel, period and date. Functional currency, Dr + / Cr −. A role without
-- an account of its own is booked where its parent is.
with posted as (
    from post_opening
    union all by name from post_receipt
    union all by name from post_vendor_bill
    union all by name from post_landed_cost
    union all by name from post_transfer_freight
    union all by name from post_shipment_goods
    union all by name from post_shipment_money
    union all by name from post_customer_return
    union all by name from post_refund
    union all by name from post_fee
    union all by name from post_settlement
    union all by name from post_transfer
    union all by name from post_stock_adjustment
    union all by name from post_write_off
    union all by name from post_damage
    union all by name from post_vendor_return
    union all by name from post_assembly
    union all by name from post_revaluation
    union all by name from post_variance
    union all by name from post_true_up
    union all by name from post_dropship
    union all by name from post_excess_credit
    union all by name from post_vendor_payment
    union all by name from post_expected_returns
    union all by name from post_void
    union all by name from post_accepted_entry
)
select
    posted.event_id, posted.event_type, roles.booked_role as role, posted.sku, posted.location, posted.channel,
    days.period, posted.date, posted.quantity, money(posted.amount) as amount
from posted
join roles using (role)
join days using (date)
where posted.amount <> 0 or posted.quantity <> 0
order by date, event_id, role, sku, location, channel, amount, quantity

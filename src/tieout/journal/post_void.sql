-- Events that were withdrawn after they had counted (as known then): on the day of the withdrawal the goods go back where they
-- came from, and every other line of the event is taken back. What goods leave at another cost than they came with is purchase
-- price variance.
-- Grain: one row per expected line.
with withdrawn as (
    select event_id, sku, coalesce(ships_from, arrives_at) as place, local_date(voided_at) as voided_on
    from stock_rows
    where voided_at is not null
),
booked as (
    from post_opening
    union all by name from post_receipt
    union all by name from post_shipment_goods
    union all by name from post_customer_return
    union all by name from post_stock_adjustment
    union all by name from post_write_off
    union all by name from post_damage
    union all by name from post_vendor_return
    union all by name from post_variance
    union all by name from post_true_up
    union all by name from post_dropship
    union all by name from post_excess_credit
),
legs as (
    select void_of as event_id, sku, operation, from_location, to_location, from_holding, to_holding, quantity, amount, arrived
    from valued_legs
    where type = 'void'
),
lines as (
    select event_id, stock_role(from_holding) as role, sku, from_location as location, null as channel,
        -quantity as quantity, -amount as amount
    from legs
    where operation in ('out', 'move')
    union all
    select event_id, stock_role(to_holding), sku, to_location, null, quantity, arrived
    from legs
    where operation in ('return', 'move')
    union all
    select booked.event_id, booked.role, booked.sku, booked.location, booked.channel, -booked.quantity, -booked.amount
    from booked
    semi join withdrawn using (event_id)
    where booked.role not in ('inventory', 'in_transit') and booked.event_type <> 'void'
),
variances as (
    select event_id, sum(amount) as amount from lines group by event_id
)
select lines.event_id, 'void' as event_type, lines.role, lines.sku, lines.location, lines.channel, withdrawn.voided_on as date,
    lines.quantity::decimal(18, 4) as quantity, lines.amount
from lines
join withdrawn using (event_id)
union all
select variances.event_id, 'void', 'purchase_price_variance', withdrawn.sku, withdrawn.place, null, withdrawn.voided_on, null,
    -variances.amount
from variances
join withdrawn using (event_id)

-- Refunds as the exports tell them: an Amazon settlement knows what was refunded of which item, not of how many and why. Those
-- that no settlement has yet stay beside, as do the web shop's, whose returns desk knows what came back.
-- Grain: one refund.
with carried as (
    select *, if(channel = 'amazon' and settlement_id is not null, 'amazon_settlement_v2', null) as carrier
    from canonical.refunds
),
numbers as (
    select order_id, sku, line_no from canonical.order_lines
)
select carried.* replace (
        case when carrier is not null then null when carried.channel = 'amazon' then numbers.line_no
            else carried.line_no end as line_no,
        if(carrier is null, carried.quantity, null) as quantity,
        if(carrier is null, restock_type, null) as restock_type),
    if(carrier is null, null, 0.00) as shipping, if(carrier is null, null, 0.00) as restocking_fee
from carried
left join numbers on carried.order_id = numbers.order_id and carried.sku = numbers.sku

-- What the ledger made of the goods of a receipt, by the receipt's own entry and those of its bills and freight, where that is
-- not what the expected book makes of them; of a transfer, what it made of the freight that its goods took along.
-- Grain: one row per receipt or transfer, and sku. Functional currency. ``origin_id``: the receipt or document that differs most.
with units as (
    select event_id as receipt_id, event_id as unit_id, false as is_transfer
    from stock_rows
    where type in ('receipt', 'opening')
    union
    select event_id, cost_id, type = 'transfer_freight' from cost_documents where not is_late
),
booked as (
    -- What goes out as a copy, or was taken back, says nothing of the goods' value.
    select sides.unit_id, sides.sku, sum(sides.amount) as amount
    from sides
    left join fates using (unit_kind, unit_id, half, journal_id)
    where sides.side = 'recorded' and sides.unit_kind = 'event' and sides.half = 'goods'
        and sides.role in ('inventory', 'in_transit') and coalesce(fates.fate, 'kept') = 'kept'
    group by all
),
wanted as (
    select unit_id, sku, sum(amount) as amount
    from sides
    where side = 'expected' and unit_kind = 'event' and half = 'goods' and role in ('inventory', 'in_transit')
        and event_id in (select unit_id from units)
    group by all
),
compared as (
    select units.receipt_id, units.unit_id, units.is_transfer, coalesce(wanted.sku, booked.sku) as sku,
        coalesce(booked.amount, 0) as booked,
        coalesce(booked.amount, 0) - coalesce(wanted.amount, 0) as excess, booked.unit_id is not null as is_booked
    from units
    left join wanted using (unit_id)
    full join booked on units.unit_id = booked.unit_id and (wanted.sku is null or wanted.sku = booked.sku)
    where units.unit_id is not null and coalesce(wanted.sku, booked.sku) is not null
)
select receipt_id, sku, sum(booked) as amount, arg_max(unit_id, (abs(excess), unit_id)) as origin_id
from compared
group by all
having bool_or(is_transfer or is_booked and unit_id = receipt_id) and bool_or(excess <> 0) and sum(booked) >= 0

-- A stock history drawn by hash: $events events of $skus skus at 4 places, the same on every run of one DuckDB.
-- Grain: one row per event, in the order of time. ``pool`` numbers the skus. First each sku gets 100 to 299 units at each place;
-- then of a hundred events 12 are receipts of 20 to 60 units, 68 shipments of 1 to 12, 6 customer returns (of the sku's latest
-- shipment), 8 transfers of 1 to 15 to another place, 4 adjustments (half of them up, without a cost) and 2 write-offs.
with draws as (
    select
        range as number, range < 4 * $skus as is_opening,
        case when is_opening then 0 else hash(8 * range + 1) % 100 end as kind,
        case when is_opening then range // 4 else hash(8 * range + 2) % $skus end as sku_number,
        case when is_opening then range % 4 else hash(8 * range + 3) % 4 end as place,
        1 + hash(8 * range + 4) % 3 as step, hash(8 * range + 5) as size, hash(8 * range + 6) as price
    from range($events)
),
events as (
    select *,
        case when kind < 12 then 'receipt' when kind < 80 then 'shipment' when kind < 86 then 'customer_return'
            when kind < 94 then 'transfer' when kind < 98 then 'adjustment' else 'write_off' end as type,
        'E' || lpad(number::varchar, 9, '0') as event_id,
        type in ('receipt', 'customer_return') or kind in (94, 95) as is_inflow
    from draws
)
select
    sku_number::integer as pool,
    timestamp '2021-01-01' + to_seconds(number * 10) as occurred_at,
    event_id, type, 'SKU' || lpad(sku_number::varchar, 5, '0') as sku,
    (case when is_opening then 100 + size % 200 when type = 'receipt' then 20 + size % 41
        when type = 'shipment' then 1 + size % 12 when type = 'transfer' then 1 + size % 15
        else 1 + size % 3 end)::decimal(18, 4) as quantity,
    case when not is_inflow then 'P' || place end as from_location,
    case when is_inflow then 'P' || place when type = 'transfer' then 'P' || (place + step) % 4 end as to_location,
    case when type = 'receipt' then (500 + price % 4500)::decimal(18, 6) / 100 end::decimal(18, 6) as unit_cost,
    case when type = 'customer_return' then last_value(case when type = 'shipment' then event_id end ignore nulls)
        over (partition by sku_number order by number) end as source_event_id
from events
order by number

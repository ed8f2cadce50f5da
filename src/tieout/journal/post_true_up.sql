-- An issue beyond stock, once goods come in to cover it: the difference of its real cost from the provisional one, in the
-- role that the issue charged, dated as the covering inflow, under the issue's own event. What a transfer's goods can no
-- longer take up, since they have left, is purchase price variance. Under ``provisional`` all of it is.
-- Grain: one row per expected line.
with ups as (
    select
        ups.event_id, ups.type, ups.sku, ups.from_location, ups.to_location, ups.from_holding, ups.to_holding,
        rows.ships_from, ups.date, ups.amount, ups.placed, rows.channel,
        settings.negative_stock = 'provisional' as is_provisional
    from true_ups as ups
    join stock_rows as rows using (event_id)
    cross join settings
),
lines as (
    select event_id, type, sku, date,
        case when type = 'transfer' and to_holding like 'transit%' then 'in_transit'
            when type = 'transfer' then 'inventory'
            when is_provisional then 'purchase_price_variance'
            when type = 'shipment' then 'cogs'
            when type = 'write_off' then 'write_off'
            when type = 'vendor_return' then 'grni'
            else 'shrinkage' end as role,
        case when type = 'transfer' then to_location else ships_from end as location,
        case when type in ('shipment', 'write_off') and not is_provisional then channel end as channel,
        case when type = 'transfer' then placed else amount end as amount
    from ups
    union all
    select event_id, type, sku, date, 'purchase_price_variance', to_location, null, amount - placed
    from ups
    where type = 'transfer' and amount <> placed
    union all
    select event_id, type, sku, date, case when from_holding like 'transit%' then 'in_transit' else 'inventory' end,
        from_location, null, -amount
    from ups
)
select event_id, type as event_type, role, sku, location, channel, date, null::decimal(18, 4) as quantity, amount
from lines

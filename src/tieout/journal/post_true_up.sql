-- An issue beyond stock, once goods come in to cover it: the difference of its real cost from the provisional one, in the
-- role that the issue charged, dated as the covering inflow, under the issue's own event. What the goods of a transfer or an
-- assembly can no longer take up, since they have left, is purchase price variance. Under ``provisional`` all of it is.
-- Grain: one row per expected line.
with ups as (
    select
        ups.*, rows.channel, coalesce(rows.ships_from, rows.arrives_at) as place,
        ups.operation in ('move', 'group_out') as is_passed_on,
        settings.negative_stock = 'provisional' as is_provisional
    from true_ups as ups
    left join stock_rows as rows using (event_id)
    cross join settings
),
lines as (
    select booked_under, type, sku, date, stock_role(from_holding) as role, from_location as location, null as channel,
        -amount as amount
    from ups
    union all
    select ups.booked_under, ups.type, placements.sku, ups.date, stock_role(placements.holding), placements.location, null,
        placements.amount
    from ups
    join placements using (true_up)
    union all
    select booked_under, type, sku, date,
        case when is_provisional or is_passed_on or type = 'void' then 'purchase_price_variance'
            when type = 'shipment' then 'cogs'
            when type in ('write_off', 'status_change', 'transfer') then 'write_off'
            when type = 'vendor_return' then 'grni'
            else 'shrinkage' end,
        case when is_passed_on then coalesce(to_location, place) else place end,
        case when type in ('shipment', 'write_off') and not is_provisional then channel end,
        amount - placed - carried
    from ups
)
select booked_under as event_id, type as event_type, role, sku, location, channel, date,
    null::decimal(18, 4) as quantity, amount
from lines
where amount <> 0

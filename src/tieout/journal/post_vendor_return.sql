-- Goods sent back to a supplier: Dr goods received not invoiced at the named receipt's cost, Cr inventory with what leaves;
-- the difference is purchase price variance. Without a named receipt, and beyond what it brought, there is none. Freight
-- that stays with the kept goods is no part of either.
-- Grain: one row per expected line.
with sent as (
    select legs.row, legs.event_id, legs.sku, legs.from_location, rows.ships_from, rows.date, legs.quantity, legs.amount as taken,
        money(costs.value - case when settings.freight_on_return = 'stays' then costs.freight else 0 end) as value,
        costs.quantity as received,
        least(sum(legs.quantity) over so_far, costs.quantity)::decimal(18, 4) as named_until,
        least(sum(legs.quantity) over so_far - legs.quantity, costs.quantity)::decimal(18, 4) as named_before
    from valued_legs as legs
    join stock_rows as rows using (event_id)
    cross join settings
    left join (
        select goods.event_id, goods.sku, sum(costs.value) as value, sum(costs.freight) as freight,
            sum(goods.quantity)::decimal(18, 4) as quantity
        from goods_costs as costs
        join moved_goods as goods on costs.event_id = goods.event_id and costs.part = goods.part
        group by all
    ) as costs on rows.source_event_id = costs.event_id and legs.sku = costs.sku
    where legs.type = 'vendor_return' and (legs.from_holding not like 'damaged%' or legs.amount <> 0)
    window so_far as (partition by rows.source_event_id, legs.sku order by legs.position, legs.leg)
),
beyond as (
    -- The part of it that is more than the receipt brought; of goods that were not there, by quantity.
    select sent.row,
        money(sent.taken - from_minor_units(sum(
            half_up(takes.amount::hugeint * greatest(least(takes.until, named) - takes.before, 0), takes.quantity)
        ))) as amount
    from sent
    join vendor_return_takes as takes using (row)
    cross join lateral (select ten_thousandths(sent.named_until - sent.named_before) as named)
    where sent.received is not null
    group by sent.row, sent.taken, named
    having max(takes.until) >= named
),
credits as (
    select sent.*,
        case when received is null then taken
            else share_of_money(value, named_until, received) - share_of_money(value, named_before, received)
                + coalesce(beyond.amount,
                    share_of_money(taken, (quantity - (named_until - named_before))::decimal(18, 4), quantity))
            end as credited
    from sent
    left join beyond using (row)
),
lines as (
    select event_id, sku, ships_from as location, date, 'grni' as role, null as quantity, credited as amount from credits
    union all
    select event_id, sku, from_location, date, 'inventory', -quantity, -taken from credits
    union all
    select event_id, sku, ships_from, date, 'purchase_price_variance', null, taken - credited
    from credits
    where taken <> credited
)
select event_id, 'vendor_return' as event_type, role, sku, location, null as channel, date,
    quantity::decimal(18, 4) as quantity, amount
from lines

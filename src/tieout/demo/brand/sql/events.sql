-- What decides which errors an event can have.
-- Grain: one event of the clean journal, with its error-free totals. Cents.
with totals as (
    select event_id, any_value(event_type) as event_type, min(happened_at) filter (where half <> 'true-up') as happened_at,
        any_value(source) as source,
        coalesce(sum(amount) filter (where half = 'money' and amount > 0), 0) as money,
        coalesce(sum(known) filter (where half = 'goods' and known > 0), 0) as cost,
        bool_or(half = 'true-up') as has_true_up,
        -- The books' costing system has another value for what it took: only the flaw's own cause can be told then.
        bool_or(amount <> known) as is_carrier,
        count(*) filter (where role = 'discounts') as discounts,
        count(*) filter (where role in ('recoveries', 'other_income')) as recoveries,
        count(distinct sku) filter (where sku <> '') as skus, count(distinct last_day(date)) as months
    from journal
    group by event_id
),
sold as (
    select events.event_id, events.sku, events.quantity, events.from_location, events.owner, sales.ordered, sales.ordered_at,
        sales.revenue, sales.tax, items.pack_size, items.kind, sales.discount, sales.shipping, lines.tax as line_tax,
        count(*) over (partition by events.order_id, events.line_no) as shipments
    from stock_events as events
    join sales using (event_id)
    join order_lines as lines on sales.order_id = lines.order_id and sales.line_no = lines.line_no
    join items on events.sku = items.sku
),
values_of_goods as (
    select event_id, sum(averaged) as averaged, sum(pooled) as pooled, sum(as_known) as as_known, sum(known) as known
    from legs
    where kind = 'shipment'
    group by event_id
)
select totals.*, date_trunc('month', moment(totals.happened_at))::date as month, day(totals.happened_at) as date,
    day(totals.happened_at) >= last_day(day(totals.happened_at)) - 2 as is_month_end,
    sold.* exclude (event_id), values_of_goods.* exclude (event_id, known),
    believed.unit_cost * sold.quantity as believed,
    (2 * totals.cost + sold.quantity) // (2 * sold.quantity) * sold.quantity as rounded,
    back.disposition, back.is_pool_known, back.cents_before, back.units_before, back.back_quantity,
    payouts.paid_at as paid_out_at,
    case totals.event_type
        when 'shipment' then case
            when sold.owner = 'consigned' then 'consigned'
            when sold.kind = 'virtual' then 'kit'
            when sold.owner = 'dropship' then 'dropship'
            else 'shipment' end
        else totals.event_type
    end as kind_of_event
from totals
left join sold using (event_id)
left join values_of_goods using (event_id)
left join believed_costs as believed
    on sold.sku = believed.sku
    and believed.month = date_trunc(
        'month', moment(totals.happened_at) - interval 1 month * (2 + draw(totals.event_id, 'age of cost', 4))
    )::date
left join (
    select legs.event_id, any_value(events.disposition) as disposition, any_value(legs.cents_before) as cents_before,
        any_value(legs.is_pool_known) as is_pool_known,
        any_value(legs.units_before) as units_before, any_value(legs.quantity) as back_quantity
    from legs
    join stock_events as events using (event_id)
    where legs.kind = 'customer_return'
    group by legs.event_id
    having count(*) = 1
) as back using (event_id)
left join payouts on totals.source = payouts.channel and totals.happened_at between payouts.starts_at and payouts.ends_at

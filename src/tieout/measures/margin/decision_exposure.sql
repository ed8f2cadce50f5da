-- What is decided on a wrong margin: advertising, discounts, and whether an item earns anything at all.
-- Grain: one row per period and scope: the company, a channel, a sku, or a sku in a channel (blank: lines without one). Money in
-- functional currency, positive in the sense of its name; ``units``: shipped less returned. Goods of a virtual kit count for the
-- kit. break_even_advertising = (gross profit − fees) ÷ net revenue: what share can be spent on advertising before nothing is
-- left. discount_headroom = gross profit ÷ revenue: what further discount takes all of gross profit. Negative: it loses already.
-- ``misjudged_profit``: recorded − corrected; ``sign_flips``: one book earns where the other does not; then
-- ``decided_on_wrong_ground`` is the net revenue as recorded. From ``booked_lines``, ``corrections`` and ``stock_rows``.
with kits as (
    select event_keys.event_id, event_keys.sku
    from event_keys
    join items on event_keys.sku = items.sku and items.kit_type = 'virtual'
),
lines as (
    select period, event_id, role, sku, channel, amount as recorded, amount as corrected from booked_lines
    union all
    select period, event_id, role, sku, channel, 0, amount from corrections where evidence in ('A', 'B', 'C')
),
totals as (
    select period, role, coalesce(kits.sku, lines.sku) as sku, channel, sum(recorded) as recorded, sum(corrected) as corrected
    from lines
    left join kits using (event_id)
    where role in ('revenue', 'shipping_income', 'discounts', 'returns', 'cogs', 'fees')
    group by all
),
effects as (
    select
        period, sku, channel, 0 as units,
        case when role = 'revenue' then -recorded else 0 end as revenue_recorded,
        case when role = 'revenue' then -corrected else 0 end as revenue_corrected,
        case when role not in ('cogs', 'fees') then -recorded else 0 end as net_revenue_recorded,
        case when role not in ('cogs', 'fees') then -corrected else 0 end as net_revenue_corrected,
        case when role <> 'fees' then -recorded else 0 end as gross_profit_recorded,
        case when role <> 'fees' then -corrected else 0 end as gross_profit_corrected,
        case when role = 'fees' then recorded else 0 end as fees_recorded,
        case when role = 'fees' then corrected else 0 end as fees_corrected
    from totals
    union all by name
    select days.period, sku, channel, case when type = 'shipment' then quantity else -quantity end as units
    from stock_rows
    join days using (date)
    where type in ('shipment', 'customer_return')
),
scopes as (
    select
        period, case when grouping(sku, channel) = 3 then 'company' when grouping(sku) = 1 then 'channel'
            when grouping(channel) = 1 then 'sku' else 'sku and channel' end as scope,
        sku, channel, coalesce(sum(units), 0)::decimal(18, 4) as units,
        coalesce(sum(revenue_recorded), 0) as revenue_recorded, coalesce(sum(revenue_corrected), 0) as revenue_corrected,
        coalesce(sum(net_revenue_recorded), 0) as net_recorded, coalesce(sum(net_revenue_corrected), 0) as net_corrected,
        coalesce(sum(gross_profit_recorded), 0) as profit_recorded,
        coalesce(sum(gross_profit_corrected), 0) as profit_corrected,
        coalesce(sum(fees_recorded), 0) as fees_recorded, coalesce(sum(fees_corrected), 0) as fees_corrected
    from effects
    group by grouping sets ((period), (period, channel), (period, sku), (period, sku, channel))
)
select
    period, scope, sku, channel, units, money(net_recorded) as net_revenue_recorded,
    money(net_corrected) as net_revenue_corrected, money(profit_recorded) as gross_profit_recorded,
    money(profit_corrected) as gross_profit_corrected,
    money(fees_recorded) as fees_recorded, money(fees_corrected) as fees_corrected,
    case when units > 0 then share_of_money(profit_recorded, 1, units) end as profit_per_unit_recorded,
    case when units > 0 then share_of_money(profit_corrected, 1, units) end as profit_per_unit_corrected,
    case when net_recorded > 0 then (profit_recorded - fees_recorded) / net_recorded end as break_even_advertising_recorded,
    case when net_corrected > 0 then (profit_corrected - fees_corrected) / net_corrected end
        as break_even_advertising_corrected,
    case when revenue_recorded > 0 then profit_recorded / revenue_recorded end as discount_headroom_recorded,
    case when revenue_corrected > 0 then profit_corrected / revenue_corrected end as discount_headroom_corrected,
    money(profit_recorded - profit_corrected) as misjudged_profit,
    (profit_recorded > 0) <> (profit_corrected > 0) as sign_flips,
    money(case when (profit_recorded > 0) <> (profit_corrected > 0) then greatest(net_recorded, 0) else 0 end)
        as decided_on_wrong_ground,
    nullif(concat_ws('; ',
        case when least(net_recorded, revenue_recorded) <= 0 then 'no net sales as recorded' end,
        case when least(net_corrected, revenue_corrected) <= 0 then 'no net sales as corrected' end,
        case when units <= 0 then 'no units left the house' end), '') as reason
from scopes
join periods using (period)
order by number, array_position(['company', 'channel', 'sku', 'sku and channel'], scope), sku, channel

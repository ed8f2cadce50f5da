-- A channel's contribution margin against the company's, taken apart: what it sells, at which prices, costs and fees.
-- Grain: one row per period, channel and book (recorded, corrected). Shares of revenue; Σ of the parts = ``difference`` =
-- contribution_margin − company_margin, the company being all channels and what carries none. Positive: better than the company.
-- With w the item's share of revenue, m = cost ÷ revenue, q = units ÷ revenue, k = cost ÷ units (m = k · q), ¯ the mean of both
-- sides and Δ = channel − company:  mix = −Σ m¯·Δw,  price = −Σ w¯·k¯·Δq,  cost = −Σ w¯·q¯·Δk; the others −Δ(amount ÷ revenue).
-- ``price_and_cost``: items whose units are not known, or not of what was sold (virtual kits, costs without sales); see
-- ``reason``. An item that the channel does not sell has the company's m there. Other: shipping income less write-offs and
-- marketing.
with kit_events as (
    select event_id, sku
    from stock_rows
    join items using (sku)
    where kit_type = 'virtual'
),
goods as (
    -- What the ledger books for a sale without a quantity leaves the units of its item unknown.
    select unnest(['recorded', 'corrected']) as book, period, channel, sku, event_id, quantity, amount,
        quantity is null and (event_id is null or event_id in (select event_id from stock_rows)) as lacks_units
    from booked_lines
    where role = 'cogs'
    union all
    select 'corrected', period, channel, sku, event_id, quantity, amount, false
    from corrections
    where role = 'cogs' and evidence in ('A', 'B', 'C')
),
sold as (
    -- The cost of a kit lies on its components, its sales on the kit.
    select book, period, channel, coalesce(kit_events.sku, goods.sku) as sku, 0 as revenue, amount as cost,
        coalesce(quantity, 0) as units, lacks_units or kit_events.sku is not null as lacks_units
    from goods
    left join kit_events using (event_id)
    union all
    select book, period, channel, sku, -amount, 0, 0, false
    from book_totals
    where role = 'revenue' and book in ('recorded', 'corrected')
),
channel_items as (
    select book, period, channel, sku, sum(revenue) as revenue, sum(cost) as cost,
        case when not bool_or(lacks_units) then sum(units) end as units
    from sold
    group by all
),
company_items as (
    select book, period, sku, sum(revenue) as revenue, sum(cost) as cost,
        case when count(units) = count(*) then sum(units) end as units
    from channel_items
    group by all
),
channels as (
    select book, period, channel, revenue, fees, returns, discounts,
        contribution - revenue + discounts + returns + cogs + fees as other, contribution
    from channel_margin
    where book in ('recorded', 'corrected')
),
companies as (
    select book, period, sum(revenue) as revenue, sum(fees) as fees, sum(returns) as returns, sum(discounts) as discounts,
        sum(other) as other, sum(contribution) as contribution
    from channels
    group by all
),
comparable as (
    select channels.*, companies as company
    from channels
    join companies using (book, period)
    where channels.revenue > 0 and companies.revenue > 0
),
pairs as (
    -- Every item of the company beside what the channel has of it.
    select
        comparable.book, comparable.period, comparable.channel,
        coalesce(own.revenue, 0) as own_revenue, coalesce(own.cost, 0) as own_cost, own.units as own_units,
        whole.revenue as all_revenue, whole.cost as all_cost, whole.units as all_units,
        own_revenue / comparable.revenue as w1, all_revenue / company.revenue as w0,
        own_cost / comparable.revenue - all_cost / company.revenue as difference,
        all_revenue > 0 and (own_revenue > 0 or own_revenue = 0 and own_cost = 0) as is_sold,
        all_cost / all_revenue as m0, if(own_revenue = 0, m0, own_cost / own_revenue) as m1
    from comparable
    join company_items as whole on comparable.book = whole.book and comparable.period = whole.period
    left join channel_items as own
        on comparable.book = own.book and comparable.period = own.period
        and comparable.channel is not distinct from own.channel and whole.sku is not distinct from own.sku
),
split as (
    select book, period, channel, is_sold, difference,
        (m1 + m0) / 2 * (w1 - w0) as mix, (w1 + w0) / 2 * (m1 - m0) as rate,
        coalesce(own_units > 0 and all_units > 0, false) as has_units,
        (w1 + w0) / 2 * (own_cost / own_units + all_cost / all_units) / 2
            * (own_units / own_revenue - all_units / all_revenue) as price,
        (w1 + w0) / 2 * (own_units / own_revenue + all_units / all_revenue) / 2
            * (own_cost / own_units - all_cost / all_units) as cost
    from pairs
),
goods_parts as (
    -- Sums of decimals, which do not depend on the order of the rows.
    select book, period, channel,
        -coalesce(sum(case when is_sold then mix::decimal(38, 18) end), 0)::double as mix,
        -coalesce(sum(case when is_sold and rate <> 0 and has_units then price::decimal(38, 18) end), 0)::double as price,
        -coalesce(sum(case when is_sold and rate <> 0 and has_units then cost::decimal(38, 18) end), 0)::double as cost,
        -coalesce(sum(
            case when not is_sold then difference::decimal(38, 18) when rate <> 0 and not has_units then rate::decimal(38, 18) end
        ), 0)::double as price_and_cost,
        count(*) filter (where not is_sold and difference <> 0 or is_sold and rate <> 0 and not has_units) as items_apart
    from split
    group by all
)
select
    channels.period, channels.channel, channels.book,
    channels.contribution / nullif(greatest(channels.revenue, 0), 0) as contribution_margin,
    company.contribution / company.revenue as company_margin,
    channels.contribution / nullif(greatest(channels.revenue, 0), 0) - company_margin as difference,
    mix, price, cost, price_and_cost,
    -(comparable.fees / comparable.revenue - company.fees / company.revenue) as fees,
    -(comparable.returns / comparable.revenue - company.returns / company.revenue) as returns,
    -(comparable.discounts / comparable.revenue - company.discounts / company.revenue) as discounts,
    comparable.other / comparable.revenue - company.other / company.revenue as other,
    case when channels.revenue <= 0 then 'no revenue' when company is null then 'the company has no revenue'
        when items_apart > 0 then
            'price and cost not told apart for ' || items_apart || if(items_apart = 1, ' item', ' items') end as reason
from channels
left join comparable
    on channels.book = comparable.book and channels.period = comparable.period
    and channels.channel is not distinct from comparable.channel
left join goods_parts
    on channels.book = goods_parts.book and channels.period = goods_parts.period
    and channels.channel is not distinct from goods_parts.channel
join periods on channels.period = periods.period
order by periods.number, channels.channel, array_position(['recorded', 'corrected'], channels.book)

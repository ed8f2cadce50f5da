-- What customers were shown, and what came of it: stock that was listed and not there, there and not listed, sold twice or
-- cancelled.
-- Grain: one row per period, measure and system that lists (every system that counts but the warehouse's, for the first two
-- measures) or channel (for the others). A share: numerator ÷ denominator, NULL with a ``reason`` where there is nothing to
-- divide by.
--   phantom_availability: items listed of which nothing is available_to_sell ÷ items listed; hidden_unavailability: items
--   available_to_sell that are not listed ÷ items available_to_sell (both in items × places × moments); oversell_rate: units
--   ordered beyond what was there (``oversells``) ÷ units ordered; seller_cancel_rate: order lines cancelled for want of
--   stock ÷ order lines;
--   unexplained_cancel_rate: those cancelled for a reason that is not given, or tells neither ÷ order lines.
with listed as (
    select stock.system, stock.taken_at, stock.sku, coalesce(stock.location, '') as location,
        sum(stock.quantity) filter (where coalesce(stock.status, 'available') = 'available') as quantity
    from counted_stock as stock
    cross join settings
    where stock.system <> settings.warehouse_system
    group by all
),
available as (
    select taken_at, sku, location, sum(units) filter (where counts_in_available_to_sell) as quantity
    from availability_cells
    group by grouping sets ((taken_at, sku, location), (taken_at, sku))
),
items as (
    select listed.system, moments.period, coalesce(listed.quantity, 0) > 0 as is_listed,
        coalesce(available.quantity, 0) > 0 as is_available
    from listed
    join stock_moments as moments using (taken_at, sku)
    left join available
        on listed.taken_at = available.taken_at and listed.sku = available.sku
        and listed.location = coalesce(available.location, '')
),
shown as (
    select period, system, null as channel, unnest([
        {'measure': 'phantom_availability', 'numerator': count(*) filter (where is_listed and not is_available),
            'denominator': count(*) filter (where is_listed), 'n': count(*), 'lacking': 'nothing was listed'},
        {'measure': 'hidden_unavailability', 'numerator': count(*) filter (where is_available and not is_listed),
            'denominator': count(*) filter (where is_available), 'n': count(*), 'lacking': 'nothing was available'}
    ]) as line
    from items
    group by period, system
),
unlisted as (
    -- Where no system lists anything, that is said.
    select periods.period, null as system, null as channel, {'measure': measure, 'numerator': null, 'denominator': null, 'n': 0,
        'lacking': 'no system but the warehouse''s counts its stock'} as line
    from periods
    cross join (values ('phantom_availability'), ('hidden_unavailability')) as measures (measure)
    where periods.period not in (select period from items where period is not null)
),
orders as (
    select lines.channel, days.period, lines.quantity, coalesce(oversold.lost_demand, 0) as lost,
        lines.cancelled_at <= as_of.moment as is_cancelled,
        oversold.order_id is not null
            or coalesce(regexp_matches(lower(lines.cancel_reason), 'oversold|oversell|out.of.stock|no.stock|inventory'), false)
            as by_seller,
        coalesce(regexp_matches(lower(lines.cancel_reason), 'customer|buyer|fraud|declined'), false) as by_customer
    from order_lines as lines
    cross join as_of
    join days on local_date(lines.ordered_at) = days.date
    left join oversold_lines as oversold using (order_id, line_no)
    where lines.ordered_at <= as_of.moment
),
ordered as (
    select period, null as system, channel, unnest([
        {'measure': 'oversell_rate', 'numerator': sum(lost), 'denominator': sum(quantity), 'n': count(*), 'lacking': ''},
        {'measure': 'seller_cancel_rate', 'numerator': count(*) filter (where is_cancelled and by_seller),
            'denominator': count(*), 'n': count(*), 'lacking': ''},
        {'measure': 'unexplained_cancel_rate',
            'numerator': count(*) filter (where is_cancelled and not by_seller and not by_customer),
            'denominator': count(*), 'n': count(*), 'lacking': ''}
    ]) as line
    from orders
    group by period, channel
),
lines as (
    select period, system, channel, unnest(line) from shown
    union all by name
    select period, system, channel, unnest(line) from unlisted
    union all by name
    select period, system, channel, unnest(line) from ordered
)
select period, system, channel, measure, (numerator / nullif(denominator, 0))::double as value,
    numerator::decimal(18, 4) as numerator, denominator::decimal(18, 4) as denominator, n,
    case when (denominator > 0) is not true then lacking end as reason
from lines
order by period, measure, system, channel

-- What every other file here may use. Money is in cents, times in seconds of the company's clock (which never changes).
-- A draw is a hash of the seed, a key and the name of the choice: whatever else is planted, it comes out the same.
create macro draw(key, choice, sides) as
    (md5_number_lower(getvariable('seed') || '/' || key || '/' || choice) % sides)::bigint;
create macro moment(seconds) as make_timestamp(seconds::bigint * 1000000);
create macro seconds(moment) as epoch(moment)::bigint;
create macro day(seconds) as moment(seconds)::date;
create macro month_of(day) as strftime(day, '%Y-%m');
create macro next_month(day) as (last_day(day) + 1)::date;
create macro midnight(day) as epoch(day)::bigint;
create macro dollars(cents) as (cents::decimal(18, 2) * 0.01)::decimal(18, 2);
-- Each brand of a company has its own shops, and connectors of the same names.
create macro shop(name) as case when name in ('web', 'amazon', 'walmart', 'wholesale') then getvariable('prefix') || name
    else name end;
-- total * part / whole, rounded half up, away from zero.
create macro share(total, part, whole) as
    (sign(total) * ((2 * abs(total)::hugeint * part + whole) // (2 * whole)))::bigint;
-- Rates are in ten-thousandths.
create macro converted(cents, rate) as ((2 * cents::hugeint * rate + 10000) // 20000)::bigint;
-- The dimensions that a role carries; empty text is none.
create macro sku_of(role, sku) as case
    when role in ('cash', 'payables', 'prepaid', 'other', 'marketing', 'deferred_revenue', 'exchange_difference',
        'recoveries', 'other_income', 'refund_liability', 'return_asset') then ''
    else coalesce(sku, '') end;
create macro location_of(role, location) as case
    when role in ('inventory', 'in_transit', 'grni', 'landed_cost_clearing', 'shrinkage', 'cogs', 'write_off',
        'purchase_price_variance', 'labour_absorbed', 'freight')
    then coalesce(location, '') else '' end;
create macro channel_of(role, channel) as case
    when role in ('revenue', 'discounts', 'returns', 'fees', 'shipping_income', 'clearing', 'tax', 'cogs', 'write_off')
    then coalesce(channel, '') else '' end;
create macro stock_role(place) as case when place = 'ROAD' then 'in_transit' else 'inventory' end;

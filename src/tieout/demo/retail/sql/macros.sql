-- What every other file here may use. Nothing is drawn at random: a draw is a hash of a key and the name of the choice.
create macro draw(key, choice, sides) as (md5_number_lower(key || '/' || choice) % sides)::bigint;
-- Money in pence, rounded half up; ``pounds`` is a DECIMAL.
create macro pence(pounds) as round(pounds * 100)::bigint;
create macro pounds(pence) as (pence::decimal(18, 2) * 0.01)::decimal(18, 2);
create macro month_of(moment) as strftime(moment, '%Y-%m');
-- Months from December 2010 (0) to December 2011 (12): errors and costs grow along them.
create macro month_number(moment) as (year(moment) - 2010) * 12 + month(moment) - 12;
create macro in_office_hours(day, key, choice) as
    day::date + interval 8 hour + draw(key, choice, 600) * interval 1 minute;
create macro event_key(prefix, number) as prefix || '-' || lpad(number::varchar, 7, '0');
-- The dimensions that a role carries; empty text is none.
create macro sku_of(role, sku) as case when role = 'other' then '' else sku end;
create macro location_of(role, location) as case
    when role in ('inventory', 'in_transit', 'grni', 'landed_cost_clearing', 'shrinkage', 'cogs', 'write_off')
    then location else '' end;
create macro channel_of(role, channel) as case
    when role in ('revenue', 'shipping_income', 'returns', 'fees', 'clearing', 'cogs', 'write_off')
    then channel else '' end;
-- The channel and the place that a badly mapped connector would take instead.
create macro other_channel(channel) as
    case channel when 'dotcom' then 'trade' when 'export' then 'trade' else 'dotcom' end;
create macro other_location(location) as case location when 'NORTH' then 'SOUTH' else 'NORTH' end;
create macro source_of(event_type) as
    case when event_type in ('shipment', 'refund', 'fee') then 'connector' else 'wms' end;
create macro next_month(moment) as (last_day(moment) + 1)::date;

-- The macros of a company's database: the one place of rounding, exact shares, and the reading of text.
-- <places> stands for the decimals of its currency, <units> for the minor units of one, <unit> for one of them, <currency> for
-- itself, <zone> for its time zone, <wide> and <bounded> for the digits of the widest number and of the largest
-- amount with its decimals: a statement that makes a macro cannot bind values, and these are checked by settings.py.
-- money, times, converted: products in 38 digits, rounded half away from zero. share_of_…, part_of: totals shared in whole
-- units, cumulatively. stock_role: where goods of a holding (costing/cells.sql) are booked; method_code: as
-- in costing/events.py; shelf_method: damaged goods have neither a standard nor a receipt. parse_…: NULL where the text is
-- not what it should be.
create or replace macro money(amount) as round(amount, <places>)::decimal(18, <places>);
create or replace macro times(quantity, price) as quantity::decimal(38, 4) * price::decimal(18, 6);
create or replace macro converted(amount, rate) as amount::decimal(38, 6) * rate::decimal(18, 9);
create or replace macro minor_units(amount) as (amount::decimal(38, <places>) * <units>)::bigint;
create or replace macro from_minor_units(units) as
    (units::decimal(18, 0) * <unit>)::decimal(18, <places>);
create or replace macro ten_thousandths(quantity) as (quantity::decimal(38, 4) * 10000)::bigint;
create or replace macro half_up(numerator, denominator) as
    sign(numerator) * ((2 * abs(numerator)::hugeint + denominator) // (2 * denominator)::hugeint);
create or replace macro share_of_money(total, part, whole) as
    from_minor_units(half_up(minor_units(total)::hugeint * ten_thousandths(part), ten_thousandths(whole)));
create or replace macro part_of(total, weight_before, weight_until, weight_of_all) as from_minor_units(
    half_up(minor_units(total)::hugeint * weight_until::hugeint, weight_of_all::hugeint)
    - half_up(minor_units(total)::hugeint * weight_before::hugeint, weight_of_all::hugeint));
create or replace macro share_of_quantity(total, part, whole) as
    (coalesce(try_cast(half_up(ten_thousandths(total)::hugeint * ten_thousandths(part), ten_thousandths(whole))
        as decimal(18, 0)), 0)::decimal(18, 0) * 0.0001)::decimal(18, 4);
create or replace macro stock_role(holding) as
    case when holding like 'transit%' or holding like 'damaged transit%' then 'in_transit' else 'inventory' end;
create or replace macro method_code(method) as
    nullif(list_position(['fifo', 'average', 'lifo', 'standard', 'specific'], method), 0);
create or replace macro shelf_method(method, is_shelf) as
    case when is_shelf and method in ('standard', 'specific') then 'average' else method end;
-- The causes that a fitting hypothesis about costs speaks for; a wrong receipt speaks for its own.
create or replace macro candidate_causes(hypotheses) as list_sort(list_distinct(list_transform(
    list_filter(hypotheses, lambda hypothesis: hypothesis <> 'receipts_as_booked'),
    lambda hypothesis: case when hypothesis in ('company_pool', 'company_average') then 'location_cost_pool'
        when hypothesis = 'as_known' then 'backdated_sequence' else 'wrong_method' end)));
create or replace macro local_date(moment) as (timezone('<zone>', moment))::date;
create or replace macro parse_number(content) as try_cast(content as decimal(38, 10));
-- In 64 bits first, with the same ten places: a quarter of the time.
create or replace macro parse_unit(content) as coalesce(
    try_cast(round(try_cast(content as decimal(18, 10)), 6) as decimal(18, 6)),
    try_cast(round(parse_number(content), 6) as decimal(18, 6)));
create or replace macro parse_rate(content) as try_cast(round(parse_number(content), 9) as decimal(18, 9));
-- A cast to few places rounds; what it rounds off must be nothing (floating numbers leave a trace). A cast in 64 bits is tried
-- first, as it takes a tenth of the time; the wide one holds what parse_number does, 28 digits before the point.
create or replace macro if_exact(narrow, wide, written) as
    case when abs(written - coalesce(narrow, wide)) < 0.000001 then coalesce(narrow, wide) end;
create or replace macro in_bounds(amount) as
    case when abs(amount) < 10000000000000 then amount end;
-- Thirteen digits before the point are the same bounds.
create or replace macro parse_money(content) as try_cast(
    if_exact(try_cast(content as decimal(18, <places>)), try_cast(content as decimal(<wide>, <places>)), parse_number(content))
        as decimal(<bounded>, <places>))::decimal(18, <places>);
create or replace macro parse_quantity(content) as try_cast(
    if_exact(try_cast(content as decimal(18, 4)), try_cast(content as decimal(32, 4)), parse_number(content))
        as decimal(18, 4));
-- An amount of a document: a currency other than the company's may have up to four places.
create or replace macro parse_amount(content, currency) as
    case when coalesce(nullif(currency, ''), '<currency>') = '<currency>' then parse_money(content)::decimal(18, 4)
        else try_cast(parse_quantity(content) as decimal(17, 4)) end;
create or replace macro parse_count(content) as try_cast(
    if_exact(try_cast(content as decimal(18, 0)), try_cast(content as decimal(28, 0)), parse_number(content)) as bigint);
create or replace macro parse_flag(content) as
    case when lower(trim(content)) in ('true', 't', 'yes', 'y', '1', '1.0') then true
        when lower(trim(content)) in ('false', 'f', 'no', 'n', '0', '0.0') then false end;
-- A macro pastes its arguments wherever it names them; through a list of one they are computed once.
create or replace macro plausible(moment) as list_transform([moment], lambda instant:
    case when instant >= '1900-01-02' and instant < '2199-12-31' then instant end)[1];
-- UTC, a company's zone unless it names one, has no overlap: to ask the calendar twice for each time would be most of the work.
create or replace macro earlier_in_overlap(moment) as case when '<zone>' = 'UTC' then moment
    else list_transform([moment], lambda instant:
        case when timezone('<zone>', instant - interval 1 hour) = timezone('<zone>', instant)
            then instant - interval 1 hour else instant end)[1] end;
-- Times and dates as most files and formats have them need no parsing into parts, and compare as text.
create or replace macro is_plain_time(content) as
    regexp_full_match(content, '\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\dZ?');
create or replace macro is_plain_date(content) as content like '____-__-__';
create or replace macro plausible_text(content) as
    case when content >= '1900-01-02' and content < '2199-12-31' then content end;
-- Date, time and zone of an ISO 8601 time, each blank where it is missing; seconds may be missing too.
create or replace macro time_parts(content) as regexp_extract(
    trim(content),
    '^((?:19|20|21)\d\d-\d\d-\d\d)'
        || '(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)? ?(Z|[+-]\d\d(?::?\d\d)?)?)?$',
    ['date', 'time', 'seconds', 'zone']
);
create or replace macro clock_time(parts) as
    parts.date || ' ' || coalesce(nullif(parts.time, ''), '00:00')
        || coalesce(nullif(parts.seconds, ''), ':00');
create or replace macro moment_of(parts) as
    case when parts.date = '' then null
        when parts.zone = ''
            then earlier_in_overlap(timezone('<zone>', try_cast(clock_time(parts) as timestamp)))
        else try_cast(clock_time(parts) || case when parts.zone = 'Z' then '+00:00'
            else regexp_replace(parts.zone, '^([+-]\d\d)(\d\d)$', '\1:\2') end as timestamptz) end;
-- ``parts``: the time_parts of ``content``, NULL where it is plain.
create or replace macro time_from_parts(content, parts) as
    case when parts is not null then plausible(moment_of(parts))
        when ends_with(content, 'Z') then try_cast(plausible_text(content) as timestamptz)
        when '<zone>' = 'UTC' then try_cast(plausible_text(content) || 'Z' as timestamptz)
        else plausible(earlier_in_overlap(timezone('<zone>', try_cast(content as timestamp)))) end;
-- Whether a time of day stands in a text that does not say in which zone.
create or replace macro lacks_zone(content, parts) as
    case when parts is null then not ends_with(content, 'Z') else parts.time <> '' and parts.zone = '' end;
create or replace macro date_from_parts(content, parts) as
    case when parts is null then try_cast(plausible_text(content) as date)
        when parts.time = '' then plausible(try_cast(parts.date as date))
        else local_date(plausible(moment_of(parts))) end;
-- Roles whose sum, turned round, is gross profit.
create or replace macro is_gross_profit(role) as role in ('revenue', 'shipping_income', 'discounts', 'returns', 'cogs');
-- When a moment is posted, on the company's clock, if postings come every so many minutes (0: at once); weeks end as Monday
-- begins.
create or replace macro posting_close(moment, minutes) as
    case when minutes = 0 then timezone('<zone>', moment)
        else time_bucket(to_minutes(greatest(minutes, 1)), timezone('<zone>', moment) - interval 1 microsecond)
            + to_minutes(minutes) end;

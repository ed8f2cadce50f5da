-- How exports write numbers and times, made plain for the canonical tables: text in, text out, and what is not understood
-- comes out as it came, so that the row is rejected with the value in its reason.
-- plain_number: 1,234.56 (1,234.56) $1.00 -£0.03 CA$76.00 12.00- 1.234,56 and 3,99 become 1234.56 -1234.56 1.00 ...; a comma
-- parts thousands where three digits follow it and no more than three, the first no 0, stand before, else it is decimal. What
-- is no such number, be it "INV-12", "5-3", "1,5," or "12 13", comes out as it came.
-- comma_number: the same of a file that writes 1.234,50: each comma is decimal, each dot parts thousands. number: plain_number as
-- DECIMAL(18,6), NULL where it is none. iso_time: any clock as ISO 8601; a zone that is written wins, then file_zone (an IANA
-- name; in an overlap the earlier), else none. file_dates: day_first or month_first, for dates written in numbers.
-- A macro pastes its arguments wherever it names them; through a list of one they are computed once, under a name that no table
-- has: lambda's would give way to it.
create or replace macro currency_pattern() as '(?:[A-Z]{0,3}[$£€¥₹₩₺₪₫฿₱]|(?:AED|ARS|AUD|BGN|BHD|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|'
    || 'EGP|EUR|GBP|HKD|HUF|IDR|ILS|INR|ISK|JOD|JPY|KES|KRW|KWD|MAD|MXN|MYR|NGN|NOK|NZD|OMR|PEN|PHP|PKR|PLN|QAR|RON|RUB|SAR|'
    || 'SEK|SGD|THB|TND|TRY|TWD|UAH|USD|VND|ZAR))?';
create or replace macro number_parts(content) as regexp_extract(
    replace(regexp_replace(content, '[\s\x{a0}\x{2009}\x{202f}]+', ' ', 'g'), '−', '-'),
    '^ ?([-+(]?) ?' || currency_pattern() || ' ?([-+(]?) ?''?(\d[\d.,''’ ]*|\.\d+)' || currency_pattern() || ' ?([-)]?) ?'
        || currency_pattern() || ' ?$',
    ['sign', 'inner_sign', 'digits', 'end_sign']);
create or replace macro point_number(digits) as
    case when regexp_full_match(digits, '\d+\.?\d*|\.\d+') then digits
        when regexp_full_match(digits, '[1-9](\d{0,2}(,\d{3})+|\d?(,\d\d)+,\d{3})(\.\d*)?') then replace(digits, ',', '')
        when regexp_full_match(digits, '(\d+|[1-9]\d{0,2}(\.\d{3})+),\d+|[1-9]\d{0,2}(\.\d{3}){2,}')
            then replace(replace(digits, '.', ''), ',', '.')
        when regexp_full_match(digits, '[1-9]\d{0,2}([ ''’]\d{3})+([.,]\d*)?')
            then replace(regexp_replace(digits, '[ ''’]', '', 'g'), ',', '.') end;
create or replace macro plain_number(content) as
    case when regexp_full_match(content, '-?\d+(\.\d+)?') then content
        when content is not null then coalesce(list_transform([number_parts(content)], lambda number_read:
            case when number_read.sign || number_read.inner_sign || number_read.end_sign in ('', '+')
                    then point_number(trim(number_read.digits))
                when number_read.sign || number_read.inner_sign || number_read.end_sign in ('-', '()', '(-)')
                    then '-' || point_number(trim(number_read.digits)) end)[1], content) end;
create or replace macro number(content) as
    coalesce(try_cast(content as decimal(18, 6)), try_cast(plain_number(content) as decimal(18, 6)));
create or replace macro comma_number(content) as
    case when content is not null then list_transform([translate(content, ',.', '.,')], lambda number_turned:
        case when number(number_turned) is not null and regexp_full_match(number_turned,
                '\D*(\d+|[1-9]\d{0,2}([,\s\x{a0}\x{2009}\x{202f}]\d{3})+)(\.\d*)?\D*') then plain_number(number_turned)
            else content end)[1] end;
-- price_of_one: a line's total per unit, as text. discount_without_tax: of prices with tax in them (``value``), whose ``tax`` is
-- that of what is left to pay: what is taken off bears its share of it.
create or replace macro price_of_one(total, quantity) as
    (half_up(ten_thousandths(total)::hugeint * 1000000, ten_thousandths(quantity))::decimal(24, 0) * 0.000001)::varchar;
create or replace macro discount_without_tax(discount, value, tax) as from_minor_units(half_up(
    minor_units(discount)::hugeint * minor_units(value - discount - tax), minor_units(value - discount)));
create or replace macro zone_text(content) as
    regexp_extract(content,
        ':\d\d(?:\.\d+)?\s*(?:[AaPp][Mm])?\s*(Z|[+-]\d\d(:?\d\d)?|(?:UTC|GMT)(?:[+-]\d{1,2})?|[A-Z]{3,4})$', 1);
create or replace macro without_zone(content) as
    case when contains(content, ':') then regexp_replace(content,
            '(:\d\d)(?:\.\d+)?(\s*[AaPp][Mm])?\s*(?:Z|[+-]\d\d(:?\d\d)?|(?:UTC|GMT)(?:[+-]\d{1,2})?|[A-Z]{3,4})?$', '\1\2')
        else content end;
create or replace macro zone_offset(zone) as coalesce(
    map {'Z': 'Z', 'UTC': 'Z', 'GMT': 'Z', 'WET': 'Z', 'EST': '-05:00', 'EDT': '-04:00', 'CST': '-06:00', 'CDT': '-05:00',
        'MST': '-07:00', 'MDT': '-06:00', 'PST': '-08:00', 'PDT': '-07:00', 'BST': '+01:00', 'CET': '+01:00', 'CEST': '+02:00',
        'EET': '+02:00', 'EEST': '+03:00', 'JST': '+09:00', 'AEST': '+10:00', 'AEDT': '+11:00'}[zone],
    regexp_replace(regexp_replace(zone, '^(?:UTC|GMT)([+-])(\d)$', '\10\2:00'), '^(?:UTC|GMT)?([+-]\d\d)$', '\1:00'));
-- The date's own separators become dashes, so that few patterns are tried: a try that fails costs more than the rest.
create or replace macro dashed(content) as translate(
    case when contains(content, ',') or regexp_matches(content, '[A-Za-z]{3} ') or regexp_matches(content, '^\d+ [A-Za-z]{3}')
        then regexp_replace(content, '^(\w+)\.? (\w+),? (\d+)(?:,? (.*))?$', '\1-\2-\3 \4') else content end,
    '/.T', '-- ');
create or replace macro clock_from(dashed, file_dates) as
    case when dashed[5] = '-' and not contains(dashed[:4], '-') and not regexp_matches(dashed, '[A-Za-z]{3}')
        then try_strptime(dashed, [
            '%Y-%m-%d %H:%M:%S', '%Y-%m-%d %H:%M', '%Y-%m-%d'])
        when regexp_matches(dashed, '[A-Za-z]{3}.*-\d{4}') then try_strptime(trim(dashed), [
            '%b-%d-%Y %I:%M:%S %p', '%d-%b-%Y %I:%M:%S %p', '%B-%d-%Y %I:%M:%S %p', '%d-%B-%Y %I:%M:%S %p',
            '%d-%b-%y %I:%M:%S %p', '%b-%d-%Y %I:%M %p', '%d-%b-%Y %I:%M %p', '%B-%d-%Y %I:%M %p', '%d-%B-%Y %I:%M %p',
            '%d-%b-%y %I:%M %p', '%b-%d-%Y %I:%M:%S%p', '%d-%b-%Y %I:%M:%S%p', '%B-%d-%Y %I:%M:%S%p', '%d-%B-%Y %I:%M:%S%p',
            '%d-%b-%y %I:%M:%S%p', '%b-%d-%Y %H:%M:%S', '%d-%b-%Y %H:%M:%S', '%B-%d-%Y %H:%M:%S', '%d-%B-%Y %H:%M:%S',
            '%d-%b-%y %H:%M:%S', '%b-%d-%Y %H:%M', '%d-%b-%Y %H:%M', '%B-%d-%Y %H:%M', '%d-%B-%Y %H:%M', '%d-%b-%y %H:%M',
            '%b-%d-%Y', '%d-%b-%Y', '%B-%d-%Y', '%d-%B-%Y', '%d-%b-%y'])
        when regexp_matches(dashed, '[A-Za-z]{3}') then try_strptime(trim(dashed), [
            '%d-%b-%y', '%b-%d-%y', '%d-%b-%y %H:%M:%S', '%d-%b-%y %H:%M'])
        when file_dates = 'day_first' and regexp_matches(dashed, '^\d+-\d+-\d{4}') then try_strptime(dashed, [
            '%d-%m-%Y %H:%M:%S', '%d-%m-%Y %H:%M', '%d-%m-%Y', '%d-%m-%Y %I:%M:%S %p', '%d-%m-%Y %I:%M %p',
            '%d-%m-%Y %I:%M:%S%p'])
        when file_dates = 'day_first' then try_strptime(dashed, [
            '%d-%m-%y %H:%M:%S', '%d-%m-%y %H:%M', '%d-%m-%y', '%d-%m-%y %I:%M:%S %p', '%d-%m-%y %I:%M %p',
            '%d-%m-%y %I:%M:%S%p'])
        when file_dates = 'month_first' and regexp_matches(dashed, '^\d+-\d+-\d{4}') then try_strptime(dashed, [
            '%m-%d-%Y %H:%M:%S', '%m-%d-%Y %H:%M', '%m-%d-%Y', '%m-%d-%Y %I:%M:%S %p', '%m-%d-%Y %I:%M %p',
            '%m-%d-%Y %I:%M:%S%p'])
        when file_dates = 'month_first' then try_strptime(dashed, [
            '%m-%d-%y %H:%M:%S', '%m-%d-%y %H:%M', '%m-%d-%y', '%m-%d-%y %I:%M:%S %p', '%m-%d-%y %I:%M %p',
            '%m-%d-%y %I:%M:%S%p']) end;
-- A macro pastes its arguments wherever it names them; through a list of one they are computed once. UTC has no overlap.
create or replace macro earlier_of(moment, zone) as list_transform([moment], lambda instant:
    case when zone <> 'UTC' and timezone(zone, instant - interval 1 hour) = timezone(zone, instant)
            then instant - interval 1 hour
        else instant end)[1];
create or replace macro written_time(local, has_clock, zone, file_zone) as
    case when zone <> '' then strftime(local, '%Y-%m-%dT%H:%M:%S') || zone_offset(zone)
        when file_zone is not null and has_clock
            then strftime(earlier_of(timezone(file_zone, local), file_zone), '%Y-%m-%dT%H:%M:%SZ')
        when has_clock then strftime(local, '%Y-%m-%dT%H:%M:%S')
        else strftime(local, '%Y-%m-%d') end;
create or replace macro clock_of(content, file_dates) as list_transform(
    list_transform([without_zone(content)], lambda bare: dashed(bare)), lambda clock: clock_from(clock, file_dates))[1];
-- What most files hold needs no trying: it is told by its shape alone. A look at a letter or an end spares most a pattern.
create or replace macro turned(content, file_dates) as
    content[7:10] || case when file_dates = 'day_first' then '-' || content[4:5] || '-' || content[1:2]
        else '-' || content[1:2] || '-' || content[4:5] end;
create or replace macro short_date(content, file_dates) as case when file_dates = 'day_first'
    then try_strptime(content, ['%d/%m/%Y', '%d-%m-%Y', '%d.%m.%Y'])
    else try_strptime(content, ['%m/%d/%Y', '%m-%d-%Y', '%m.%d.%Y']) end;
create or replace macro short_time(content, file_dates) as
    case when ends_with(content, 'M') and file_dates = 'day_first' then try_strptime(content, '%d/%m/%Y %I:%M %p')
        when ends_with(content, 'M') then try_strptime(content, '%m/%d/%Y %I:%M %p')
        when file_dates = 'day_first' then try_strptime(content, '%d/%m/%Y %H:%M')
        else try_strptime(content, '%m/%d/%Y %H:%M') end;
create or replace macro iso_time(content, file_zone, file_dates) as
    case when content like '____-%' and regexp_full_match(content, '\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d( UTC| ?(Z|[+-]\d\d:?\d\d))')
            then case when ends_with(content, 'UTC') then left(content, 19) || 'Z' else content end
        when file_dates is not null and ends_with(content, 'UTC')
                and regexp_full_match(content, '\d\d[./-]\d\d[./-]\d{4} \d\d:\d\d:\d\d UTC')
            then turned(content, file_dates) || 'T' || content[12:19] || 'Z'
        when content is not null then coalesce(
            case when file_dates is not null and content like '%/%/____ %:__%'
                then written_time(short_time(content, file_dates), true, '', file_zone) end,
            list_transform([{'local': clock_of(content, file_dates), 'zone': zone_text(content)}],
                lambda parts: written_time(parts.local, contains(content, ':'), parts.zone, file_zone))[1],
            content) end;
-- An ISO time without a zone, in file_zone if that is known; else, and with a zone, as it came.
create or replace macro time_in_zone(content, file_zone) as
    case when file_zone is not null and regexp_full_match(content, '\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?')
            then coalesce(strftime(
                earlier_of(timezone(file_zone, try_cast(content as timestamp)), file_zone), '%Y-%m-%dT%H:%M:%S.%fZ'), content)
        else content end;
create or replace macro iso_date(content, file_dates) as
    case when content like '____-__-__' and regexp_full_match(content, '\d{4}-\d\d-\d\d') then content
        when content is not null then coalesce(
            case when file_dates is not null
                    and (content like '%/%/____' or content like '%-%-____' or content like '%.%.____')
                then strftime(short_date(content, file_dates), '%Y-%m-%d') end,
            strftime(clock_of(content, file_dates), '%Y-%m-%d'),
            content) end;
create or replace macro time_in_name(file) as list_transform(
    [regexp_extract(file,
        '(?:^|\D)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])'
            || '(?:[ T_-]([01]\d|2[0-3])[-.]?([0-5]\d))?(?:[^\d/][^/]*)?$',
        ['year', 'month', 'day', 'hour', 'minute'])],
    lambda parts: case when parts.year <> '' then parts.year || '-' || parts.month || '-' || parts.day
        || case when parts.hour <> '' then ' ' || parts.hour || ':' || parts.minute else '' end end)[1];
-- debit_less_credit: what a line moves, Dr +; whichever of the two is no number comes out as it came, and nothing of nothing.
-- account_number, account_title: of an account as ledgers write it, "4000 Sales", "Sales:4010 Web", "4010 Sales:Web" (a number
-- has three digits or more and stands before the name or its last part); NULL and the whole where it has no number.
create or replace macro debit_less_credit(debit, credit) as
    case when credit is null then coalesce(number(debit)::varchar, debit)
        when debit is null then coalesce((-number(credit))::varchar, credit)
        when number(debit) is null then debit
        when number(credit) is null then credit
        else (number(debit) - number(credit))::varchar end;
create or replace macro account_number(path) as coalesce(
    nullif(regexp_extract(path, '(?:^|:)\s*(\d{3,}[\d.-]*)[ ·]+[^:]+$', 1), ''),
    nullif(regexp_extract(path, '^(\d{3,}[\d.-]*)[ ·]+[^:]+:', 1), ''));
create or replace macro account_title(path) as regexp_replace(path, '(^|:\s*)\d{3,}[\d.-]*[ ·]+(- )?', '\1', 'g');

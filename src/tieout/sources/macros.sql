-- How exports write numbers and times, made plain for the canonical tables: text in, text out, and what is not understood
-- comes out as it came, so that the row is rejected with the value in its reason.
-- plain_number: 1,234.56 (1,234.56) $1.00 -£0.03 CA$76.00 12.00- 1.234,56 and 3,99 become 1234.56 -1234.56 1.00 ...; a comma
-- with one or two digits behind it at the end is a decimal comma, every other one parts thousands. number: the same as
-- DECIMAL(18,6), NULL where it is none. iso_time: any clock as ISO 8601; a zone that is written wins, then file_zone (an IANA
-- name; in an overlap the earlier), else none. file_dates: day_first or month_first, for dates written in numbers.
create or replace macro bare_number(content) as
    regexp_replace(regexp_replace(content, '[$£€¥₹\s\x{a0}'']', '', 'g'), '^([-+(]?)[A-Z]{2,3}([-+]?)', '\1\2');
create or replace macro digits_of(bare) as
    case when regexp_matches(bare, ',\d{1,2}\)?$') then replace(replace(bare, '.', ''), ',', '.')
        else replace(bare, ',', '') end;
create or replace macro plain_number(content) as
    case when regexp_full_match(content, '-?\d+(\.\d+)?') then content
        when regexp_full_match(bare_number(content), '[-+(]?[-+]?(\d[\d.,]*|\.\d+)[-)]?')
            then case when regexp_matches(bare_number(content), '[-(]') then '-' else '' end
                || regexp_replace(digits_of(bare_number(content)), '[-+()]', '', 'g')
        else content end;
create or replace macro number(content) as try_cast(plain_number(content) as decimal(18, 6));
create or replace macro date_text(content) as
    regexp_replace(regexp_extract(trim(content), '^(.*?),?(?:[T ]+\d{1,2}:\d\d.*)?$', 1), '[\s,./-]+', '-', 'g');
create or replace macro clock_text(content) as
    upper(regexp_replace(regexp_extract(content, '(\d{1,2}:\d\d(?::\d\d)?)(?:\.\d+)?\s*([AaPp][Mm])?', 0), '\.\d+', ''));
create or replace macro zone_text(content) as
    regexp_extract(content, ':\d\d(?:\.\d+)?\s*(?:[AaPp][Mm])?\s*(Z|[+-]\d\d:?\d\d|(?:UTC|GMT)(?:[+-]\d{1,2})?|[A-Z]{3,4})$', 1);
create or replace macro zone_offset(zone) as
    case when regexp_matches(zone, '^[+-]') then zone
        when regexp_matches(zone, '^(UTC|GMT)[+-]') then zone[4] || lpad(zone[5:], 2, '0') || ':00'
        else case zone when 'Z' then 'Z' when 'UTC' then 'Z' when 'GMT' then 'Z' when 'WET' then 'Z'
            when 'EST' then '-05:00' when 'EDT' then '-04:00' when 'CST' then '-06:00' when 'CDT' then '-05:00'
            when 'MST' then '-07:00' when 'MDT' then '-06:00' when 'PST' then '-08:00' when 'PDT' then '-07:00'
            when 'BST' then '+01:00' when 'CET' then '+01:00' when 'CEST' then '+02:00' when 'EET' then '+02:00'
            when 'EEST' then '+03:00' when 'JST' then '+09:00' when 'AEST' then '+10:00' when 'AEDT' then '+11:00' end end;
create or replace macro day_of(content, file_dates) as
    case when content similar to '\d{4}-.*' then try_strptime(content, '%Y-%m-%d')
        when regexp_matches(content, '[A-Za-z]') then try_strptime(
            content, ['%b-%d-%y', '%b-%d-%Y', '%B-%d-%Y', '%B-%d-%y', '%d-%b-%y', '%d-%b-%Y', '%d-%B-%Y', '%d-%B-%y'])
        when file_dates = 'day_first' then try_strptime(content, ['%d-%m-%y', '%d-%m-%Y'])
        when file_dates = 'month_first' then try_strptime(content, ['%m-%d-%y', '%m-%d-%Y']) end;
create or replace macro clock_of(content) as
    case when content = '' then interval 0 second
        else try_strptime(content, ['%H:%M:%S', '%H:%M', '%I:%M:%S %p', '%I:%M %p', '%I:%M:%S%p', '%I:%M%p'])
            - timestamp '1900-01-01' end;
create or replace macro earlier_of(moment, zone) as
    case when timezone(zone, moment - interval 1 hour) = timezone(zone, moment) then moment - interval 1 hour else moment end;
create or replace macro written_time(local, has_clock, zone, file_zone) as
    case when zone <> '' then strftime(local, '%Y-%m-%dT%H:%M:%S') || zone_offset(zone)
        when file_zone is not null and has_clock
            then strftime(earlier_of(timezone(file_zone, local), file_zone), '%Y-%m-%dT%H:%M:%SZ')
        when has_clock then strftime(local, '%Y-%m-%dT%H:%M:%S')
        else strftime(local, '%Y-%m-%d') end;
create or replace macro iso_time(content, file_zone, file_dates) as
    case when regexp_full_match(content, '\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d ?(Z|[+-]\d\d:?\d\d)') then content
        else coalesce(
            written_time(
                day_of(date_text(content), file_dates) + clock_of(clock_text(content)),
                clock_text(content) <> '', zone_text(content), file_zone),
            content) end;
create or replace macro iso_date(content, file_dates) as
    coalesce(strftime(day_of(date_text(content), file_dates), '%Y-%m-%d'), content);

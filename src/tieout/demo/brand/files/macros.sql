-- How exports write moments and ids, and the people that they name. These do not exist: none of them may ever reach a report.
-- Local times are the company's, which has no daylight saving time. A charge is known by its moment, for exports have no ids.
create macro with_zone(local) as strftime(local, '%Y-%m-%d %H:%M:%S -0700');
create macro in_utc(local) as strftime(local + interval 7 hour, '%Y-%m-%dT%H:%M:%S+00:00');
create macro payment_id(local, kind, order_id) as with_zone(local) || ' ' || kind || ' ' || order_id || ' USD';
create macro fnsku(sku) as 'X00' || replace(sku, '-', '');
create macro plate(event_id) as 'LPN' || replace(event_id, '-', '');
create macro pick(key, choice, words) as words[draw(key, choice, len(words)) + 1];
create macro person(key) as
    pick(key, 'first name', ['Ottilie', 'Barnaby', 'Cressida', 'Linus']) || ' '
        || pick(key, 'last name', ['Quillfeather', 'Wrenbottom', 'Thistlewick', 'Marchbanksia']);
create macro email(key) as lower(replace(person(key), ' ', '.')) || draw(key, 'email', 1000) || '@example.net';
create macro street(key) as draw(key, 'house', 900) + 1 || ' Larkspur Hollow';
create macro phone(key) as '+1 555 01' || lpad(draw(key, 'phone', 10000)::varchar, 4, '0');

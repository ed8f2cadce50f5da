-- When the connectors were down: what is sent then is lost, sent twice or late far more often than on other days.
-- Grain: one outage of one connector. Seconds; a few hours each, about four in a hundred days.
select connectors.source,
    midnight(date '2025-01-01' + numbers.number::integer) + draw(connectors.source || number, 'outage hour', 72000) as starts_at,
    starts_at + 7200 + draw(connectors.source || number, 'outage length', 64800) as ends_at
from (select unnest(['web', 'amazon', 'walmart', 'wholesale', 'wms', 'purchasing']) as source) as connectors
cross join (select range as number from range(0, getvariable('days')::bigint)) as numbers
where draw(connectors.source || number, 'outage', 100) < 4

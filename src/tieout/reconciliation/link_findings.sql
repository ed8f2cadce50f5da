-- What was odd about the links.
-- Grain: one row per oddity.
select 'shared_id' as finding, 'error' as severity, 'gl_lines' as "table", event_id as id,
    'the id ' || event_id || ' is the key of several rows (' || types
        || '): entries that name it cannot be told apart' as message,
    null::decimal(18, 4) as quantity, null::decimal(38, 6) as amount
from event_keys
where types like '%, %'

-- Why this run may say something else than the one before (``earlier_run``): whatever else went into it.
-- Grain: one row per thing that differs; none without an earlier run. ``kind``: source (a file, by its SHA-256), setting (a key
-- of tieout.toml), version (of tieout, DuckDB or Python) or as_of. ``value_then`` and ``value_now`` are text, NULL where
-- a run did not have the thing.
with runs_compared as (
    select 'then' as run, * from earlier_run
    union all
    select 'now', * from this_run where exists (from earlier_run)
),
files as (
    select run, unnest(from_json(inputs, '[["VARCHAR"]]')) as file from runs_compared
),
things as (
    select run, 'source' as kind, file[2] as name, file[3] as value from files
    union all
    select run, 'setting', substr(setting.fullkey, 3), setting.atom ->> '$'
    from runs_compared, json_tree(policy::json) as setting
    where setting.atom is not null
    union all
    select run, 'version', part.key, part.value ->> '$' from runs_compared, json_each(versions::json) as part
    union all
    select run, 'as_of', 'as_of', strftime(timezone('UTC', as_of), '%Y-%m-%dT%H:%M:%S.%gZ') from runs_compared
),
paired as (
    select kind, name, any_value(value) filter (where run = 'then') as value_then,
        any_value(value) filter (where run = 'now') as value_now
    from things
    group by all
)
select kind, name, value_then, value_now
from paired
where value_then is distinct from value_now
order by kind, name

-- Names in the configuration that nothing in the sources has, with the nearest that is there: misspelt, or of another month.
-- Grain: one row for [accounts], for [skus] and for the channels and the locations of each source that have such names, and
-- one for those that they translate to, if in no list (``channels``, ``locations``, ``items``) but much like one that is.
with translated as (
    select distinct names.kind, files.origin, names.original, names.name
    from export_names as names
    join export_files as files using (source_file)
    union all
    select 'sku', null, name, sku from export_skus
),
given as (
    select kind, origin, original as name, false as is_ours from translated where original <> '*'
    union all
    select distinct kind, origin, name, true from translated
    union all
    select 'account', null, unnest($accounts::varchar[]), false
),
there as (
    select distinct kind, if(kind = 'sku', null, origin) as origin, name, false as is_ours from export_seen
    union all
    select 'account', null, account, false
    from (select account from gl_lines union select account from gl_accounts union select account from trial_balance)
    union all
    select 'channel', null, channel, true from channels
    union all
    select 'location', null, location, true from locations
    union all
    select 'sku', null, sku, true from items
),
unmatched as (
    select given.*, row_number() over (partition by given.kind, given.origin, given.is_ours order by given.name) as place
    from given
    anti join there
        on given.kind = there.kind and given.name = there.name and given.is_ours = there.is_ours
        and (given.is_ours or given.origin is not distinct from there.origin)
),
likened as (
    -- The first hundred only: each is compared with every name that is there.
    select unmatched.*, there.name as other, jaro_winkler_similarity(lower(unmatched.name), lower(there.name)) as likeness
    from unmatched
    left join there
        on place <= 100 and unmatched.kind = there.kind and unmatched.is_ours = there.is_ours
        and (unmatched.is_ours or unmatched.origin is not distinct from there.origin)
),
nearest as (
    select kind, origin, name, is_ours, arg_max(other, (likeness, other)) filter (where likeness >= 0.8) as other
    from likened
    group by all
),
told as (
    -- Those that are like another come first: they are more likely misspelt than absent.
    select kind, origin, is_ours, count(*) as names,
        array_to_string(list(name || coalesce(' (nearest: ' || other || ')', '') order by other is null, name)[:10], ', ')
            || if(count(*) > 10, format(' and {} more', count(*) - 10), '') as shown
    from nearest
    where not is_ours or other is not null
    group by all
)
select if(is_ours, 'unlisted_name', 'unmatched_name') as finding, 'info' as severity,
    if(origin is null, format('[{}s]', kind), format('[source.{}s] of {}', kind, origin)) as id,
    if(is_ours,
        format('{} gives names that no list of {}s has: {}', id, if(kind = 'sku', 'item', kind), shown),
        format('{}: no {} is called {}', id,
            case kind when 'account' then kind when 'sku' then 'item of an export' else kind || ' in it' end, shown)) as message,
    names as quantity
from told
order by all

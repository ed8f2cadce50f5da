-- Assemblies (and disassemblies): what goes in and what comes out share a document.
-- Grain: one row per assembly. Its lines stand under ``event_id``, its first row that comes out, at that row's ``date``.
with parts as (
    select document, event_id, type, sku, date, position
    from moved_goods
    where type in ('assembly_out', 'assembly_in') and document is not null
)
select
    document,
    row_number() over (order by document) - 1 as number,
    arg_min(event_id, position) filter (where type = 'assembly_in') as event_id,
    arg_min(date, position) filter (where type = 'assembly_in') as date
from parts
group by document
having count(*) filter (where type = 'assembly_in') > 0 and count(*) filter (where type = 'assembly_out') > 0

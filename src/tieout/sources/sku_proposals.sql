-- Names of items that may mean another item, for the user to confirm: a code of a marketplace for its own sku, a pack for so
-- many units of an item, one item written in two ways.
-- Grain: one name. ``units``: of ``sku`` in one of it; ``why`` is the reason, the surest one first.
with named as (
    select sku, count(*) as uses, bool_or(is_stock) as is_stock
    from (
        select sku, false as is_stock from order_lines union all select sku, false from refunds
        union all select sku, false from fees union all select sku, false from settlement_lines
        union all select sku, false from gl_lines union all select sku, true from stock_events
        union all select sku, true from stock_snapshots union all select sku, true from items
    )
    where sku is not null
    group by sku
),
parted as (
    select *, regexp_extract(sku, '^(.+?)[ _-]*(?:[Pp]|[Pp][Kk]|[Pp]ack|PACK|[Xx])(\d{1,3})$', ['base', 'units']) as parts
    from named
),
keyed as (
    select *, lower(regexp_replace(sku, '[^A-Za-z0-9]', '', 'g')) as letters,
        lower(regexp_replace(parts.base, '[^A-Za-z0-9]', '', 'g')) as base, try_cast(parts.units as integer) as pack
    from parted
),
codes as (
    select code, min(sku) as sku from export_codes where code <> sku group by code having count(distinct sku) = 1
),
proposed as (
    select named.sku as name, codes.sku, 1 as units, 1 as rank, 'a marketplace''s code for it' as why
    from named
    join codes on named.sku = codes.code
    union all
    select packs.sku, single.sku, packs.pack, 2, 'a pack, by its ending'
    from keyed as packs
    join keyed as single on packs.base = single.letters and packs.sku <> single.sku
    where packs.base <> '' and packs.pack > 1
    union all
    select other.sku, ours.sku, 1, 3, 'the same letters and digits'
    from keyed as other
    join keyed as ours on other.letters = ours.letters and other.sku <> ours.sku
        and (ours.is_stock, ours.uses, ours.sku) > (other.is_stock, other.uses, other.sku)
    where other.letters <> ''
)
from proposed
qualify row_number() over (partition by name order by rank, sku) = 1
order by sku, name

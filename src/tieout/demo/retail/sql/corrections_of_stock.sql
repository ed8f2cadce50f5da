-- The real stock corrections: rows without a price whose text is a clerk's note. The note tells the kind; FBA or
-- Amazon in it tells the place, else a hash share.
-- Grain: one source row.
with read as (
    select
        *,
        lower(coalesce(description, '')) as note,
        regexp_matches(
            note, 'damag|wet|brok|crush|throw|mould|rust|fault|smash|smudg|unsal|crack|dirty|rot|wax|fragile|poor'
        ) as is_damage,
        regexp_matches(note, 'check|count|found|missing|lost|mia|\?') as is_count,
        regexp_matches(note, 'amazon|fba') as is_fba
    from uses
    where use in ('stock out', 'stock in')
)
select
    row,
    case when use = 'stock out' and is_damage then 'write_off' when is_count then 'count' else 'adjustment' end as type,
    event_key(case type when 'write_off' then 'WOF' when 'count' then 'CNT' else 'ADJ' end, row) as event_id,
    sku, use = 'stock in' as is_inflow, abs(quantity) as quantity, moment,
    case when is_fba then 'FBA' when draw(invoice, 'location', 100) < 40 then 'SOUTH' else 'NORTH' end as location,
    case type when 'write_off' then 'damaged' when 'count' then 'counted' else 'corrected' end as reason
from read

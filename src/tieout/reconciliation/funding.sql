-- Which receipts funded what left: through the layer of a return, those of the sale that it takes back; through that of an
-- assembly, those of its components.
-- Grain: one row per event, sku, layer taken from and receipt behind it. ``amount``: what was taken from the layer, functional
-- currency; a layer with several receipts behind it shows it for each.
with recursive assemblies as (
    select products.event_id, products.sku, parts.event_id as part_id
    from stock_rows as products
    join stock_rows as parts
        on products.document = parts.document and products.type = 'assembly_in' and parts.type = 'assembly_out'
),
made_of as (
    -- The events whose takes made up the goods of a layer.
    select event_id as layer_id, source_event_id as event_id from return_sources
    union all
    select event_id, part_id from assemblies
),
behind as (
    select made_of.layer_id, issues.receipt_event_id, issues.sku
    from made_of
    join layer_issues as issues using (event_id)
    union
    select behind.layer_id, issues.receipt_event_id, issues.sku
    from behind
    join made_of on behind.receipt_event_id = made_of.layer_id
    join layer_issues as issues on made_of.event_id = issues.event_id
),
issued as (
    select event_id, sku, receipt_event_id, sku as receipt_sku, amount from layer_issues
    union all
    -- All lines of an assembly are under its products' rows.
    select assemblies.event_id, unnest([assemblies.sku, issues.sku]), issues.receipt_event_id, issues.sku, issues.amount
    from assemblies
    join layer_issues as issues on assemblies.part_id = issues.event_id
)
from issued
union all
select issued.event_id, issued.sku, behind.receipt_event_id, behind.sku, issued.amount
from issued
join behind on issued.receipt_event_id = behind.layer_id

-- Counts as the exports tell them: Shopify's has units on hand, of whatever status.
-- Grain: one item, place and moment.
select * replace (
        if(system = 'web shop', 'shopify', system) as system,
        if(system = 'web shop', null, status) as status),
    if(system = 'web shop', 'shopify_inventory', null) as carrier
from canonical.stock_snapshots

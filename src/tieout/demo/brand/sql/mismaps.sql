-- Listings of the marketplace that are mapped to another item: every sale of one is booked on the other.
-- Grain: one item. ``taken_for``: what the ledger books instead.
with listed as (
    select sku, category, row_number() over (partition by category order by sku) as number
    from items
    where kind = 'plain' and sku in (select sku from believed_costs)
)
select listed.sku, others.sku as taken_for
from listed
join listed as others on listed.category = others.category and others.number = listed.number + 1
join errors on errors.cause = 'sku_mismap' and draw(listed.sku, errors.cause, 1000000) < errors.rate

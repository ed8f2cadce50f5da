-- Where the web shop's copy of the stock is not what the warehouse has.
-- Grain: one item, place and moment. Units.
select copies.sku, copies.location, copies.taken_at,
    1 + draw(copies.sku || copies.location || copies.taken_at, 'units', 4) as units
from copies
join errors
    on errors.cause = 'system_qty_drift'
    and draw(copies.sku || copies.location || copies.taken_at, errors.cause, 1000000) < errors.rate

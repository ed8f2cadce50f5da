-- What the history leaves at each moment, whoever owns it.
-- Grain: one row per moment of ``stock_moments``, sku, location, owner and status with something there. Units; below zero where more
-- left than ever came.
with balances as (
    select sku, location, owner, status, occurred_at,
        sum(sum(quantity)) over (partition by sku, location, owner, status order by occurred_at)::decimal(18, 4) as quantity
    from stock_moves
    group by sku, location, owner, status, occurred_at
),
places as (
    select distinct sku, location, owner, status from balances
),
asked as (
    select moments.taken_at, places.* from stock_moments as moments join places using (sku)
)
select asked.*, balances.quantity
from asked
asof join balances
    on asked.sku = balances.sku and asked.location = balances.location and asked.owner = balances.owner
    and asked.status = balances.status and asked.taken_at >= balances.occurred_at
where balances.quantity <> 0

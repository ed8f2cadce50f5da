-- What the history leaves at each moment, whoever owns it.
-- Grain: one row per moment of ``stock_moments``, sku, location, owner and status with something there. Units; below zero
-- where more left than ever came.
with balances as (
    -- Moves up to the next moment that is looked at become one.
    select moves.sku, moves.location, moves.owner, moves.status, moments.taken_at,
        sum(sum(moves.quantity)) over (
            partition by moves.sku, moves.location, moves.owner, moves.status order by moments.taken_at
        )::decimal(18, 4) as quantity
    from stock_moves as moves
    asof join (select distinct taken_at from stock_moments) as moments on moves.occurred_at <= moments.taken_at
    group by moves.sku, moves.location, moves.owner, moves.status, moments.taken_at
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
    and asked.status = balances.status and asked.taken_at >= balances.taken_at
where balances.quantity <> 0

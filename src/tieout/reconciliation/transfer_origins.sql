-- Which unbooked transfer lies behind the place or the cost that the ledger gives to what leaves.
-- Grain: one row per event and sku that has one, the last before it, where 95 % of the costs that tell are what they would be.
-- ``amount``: what it would have cost in a book without such transfers; ``booked_place``: where the ledger had to take the
-- goods from, since without them too few lay at their place.
with supposed as (
    select legs.event_id, legs.sku, any_value(legs.position) as position, any_value(legs.from_location) as place,
        sum(legs.quantity) as quantity, sum(legs.amount) as true_amount, from_minor_units(sum(amounts.amount)) as amount
    from valued_legs as legs
    join without_unbooked_transfers_amounts as amounts using (row)
    where legs.operation = 'out' and legs.after = 0 and legs.from_holding = ''
    group by all
),
balances as (
    select event_id, sku, location as place, min(quantity_after) as left_over from valued_events where quantity < 0 group by all
),
traced as (
    select supposed.*, balances.left_over, transfers.event_id as transfer_id, transfers.position as moved_at,
        transfers.ships_from,
        sum(case when transfers.arrives_at = supposed.place then transfers.quantity else -transfers.quantity end)
            over (partition by supposed.event_id, supposed.sku) as brought
    from supposed
    join balances using (event_id, sku, place)
    join unbooked_transfers as transfers
        on supposed.sku = transfers.sku and transfers.position < supposed.position
        and supposed.place in (transfers.ships_from, transfers.arrives_at)
),
found as (
    select event_id, sku, arg_max(transfer_id, (moved_at, transfer_id)) as transfer_id, any_value(amount) as amount,
        any_value(true_amount) as true_amount,
        case when any_value(left_over) < any_value(brought) then arg_max(ships_from, (moved_at, transfer_id)) end as booked_place
    from traced
    group by event_id, sku
),
booked as (
    select unit_id as event_id, sku, -sum(amount) as amount
    from sides
    where side = 'recorded' and unit_kind = 'event' and half = 'goods' and role = 'inventory'
    group by all
),
denied as (
    -- A ledger that never heard of a transfer has all that it touches at the other cost, not one sale in many.
    select transfer_id
    from found
    join booked using (event_id, sku)
    where found.amount <> found.true_amount
    group by transfer_id
    having 100 * count(*) filter (where booked.amount = found.amount) < 95 * count(*)
)
from found
anti join denied using (transfer_id)

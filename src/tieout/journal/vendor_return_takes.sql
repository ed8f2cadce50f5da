-- What left in goods sent back to suppliers, layer by layer in order of taking: the replay's own arrays go with the draft.
-- Grain: one row per take of a leg (``row``) of a vendor return; ``before`` and ``until``: the leg's units so far. Quantities in
-- ten-thousandths, amounts in minor units.
select takes.leg as row, takes.quantity, takes.amount, sum(takes.quantity) over so_far - takes.quantity as before,
    sum(takes.quantity) over so_far as until
from kernel_takes as takes
join valued_legs as legs on takes.leg = legs.row
where legs.type = 'vendor_return'
window so_far as (partition by takes.leg order by takes.row)
order by takes.row

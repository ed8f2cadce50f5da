-- What a batch leaves over, where exactly one of its events accounts for it: the rest is unexplained, and nothing is shared out.
-- An item of a batch lacks one event to the cent, or has it twice; the batch of a later day has one twice; another batch has too
-- much what this one lacks; or only the place, or the channel, is wrong. An event that lacks both halves is a missing sale. A
-- lack of cost is told from a cost of zero by the quantity: without quantities it stays open, and without items all but the
-- place does.
-- Grain: one row per half of a batch and item, with its cause; evidence C, since members are not named one by one.
with left_over as (
    select differences.*, bool_and(sku is not null) over (partition by unit_id, half) as is_by_item
    from differences
    where step = 'batch'
),
roles_left as (
    select unit_id, half, if(is_by_item, sku, null) as item, role, sum(amount) as amount, min(period) as period,
        count(distinct period) as periods
    from left_over
    group by all
),
shapes as (
    select unit_id, half, item, min(period) as period, max(periods) = 1 and min(period) = max(period) as is_of_one_period,
        bool_and(amount = 0) as is_misplaced, sum(amount) = 0 as is_balanced,
        list({'role': role, 'amount': amount} order by role) filter (where amount <> 0) as amounts,
        list({'role': role, 'amount': -amount} order by role) filter (where amount <> 0) as opposite
    from roles_left
    group by unit_id, half, item
),
moved as (
    -- What adds up to nothing but between places, or between channels.
    select unit_id, half, item,
        bool_or(amount <> 0 and dimension = 'location') and bool_and(place is not null
            or dimension <> 'location') as is_by_location,
        bool_or(amount <> 0 and dimension = 'channel') as is_by_channel
    from (
        select unit_id, half, if(is_by_item, sku, null) as item, role, 'location' as dimension, location as place,
            sum(amount) as amount
        from left_over
        group by all
        union all
        select unit_id, half, if(is_by_item, sku, null), role, 'channel', channel, sum(amount) from left_over group by all
    )
    group by unit_id, half, item
),
expected_roles as (
    select unit_id, half, if(is_by_item, sku, null) as item, event_id, role, sum(amount) as amount, sum(quantity) as quantity
    from sides
    join (select distinct unit_id, half, is_by_item from left_over) as units using (unit_id, half)
    where side = 'expected' and unit_kind = 'batch'
    group by all
    having sum(amount) <> 0
),
members as (
    select unit_id, half, item, event_id, list({'role': role, 'amount': amount} order by role) as amounts,
        max(quantity) filter (where role = 'cogs') as quantity
    from expected_roles
    group by unit_id, half, item, event_id
),
quantities as (
    -- What the item lacks of the quantity sold; empty where the ledger has none.
    select unit_id, half, if(is_by_item, sku, null) as item,
        case when bool_and(quantity is not null) and bool_or(side = 'recorded') or bool_and(side = 'expected')
            then sum(if(side = 'expected', quantity, -quantity)) end as lacking
    from sides
    join (select distinct unit_id, half, is_by_item from left_over) as units using (unit_id, half)
    where role = 'cogs' and unit_kind = 'batch'
    group by all
),
has_quantities as (
    select unit_id, half, count(quantity) > 0 as is_counted
    from sides
    where side = 'recorded' and unit_kind = 'batch' and role = 'cogs'
    group by all
),
places as (
    select unit_id, half, min(date) as date, case when count(distinct channel) = 1 then min(channel) end as channel
    from sides
    where unit_kind = 'batch'
    group by all
),
fits as (
    -- The one event of the batch that the item lacks, or has twice.
    select shapes.unit_id, shapes.half, shapes.item, any_value(members.event_id) as event_id,
        any_value(members.quantity) as quantity,
        any_value(members.amounts = shapes.amounts) as is_lacking
    from shapes
    join members
        on shapes.unit_id = members.unit_id and shapes.half = members.half and shapes.item = members.item
        and members.amounts in (shapes.amounts, shapes.opposite)
    where is_of_one_period and is_balanced and shapes.item is not null
    group by all
    having count(*) = 1
),
partners as (
    select shapes.unit_id, shapes.half, shapes.item, count(*) as partners, any_value(others.unit_id) as other_id,
        any_value(others.period) as other_period
    from shapes
    join shapes as others
        on shapes.half = others.half and shapes.item = others.item and shapes.amounts = others.opposite
        and shapes.unit_id <> others.unit_id
    where shapes.is_of_one_period and others.is_of_one_period and shapes.item is not null
    group by all
),
lacking as (
    select fits.*, names.late, names.missing, keys.event_type, partners.partners, partners.other_id,
        shapes.period, partners.other_period, coalesce(back.partners, 0) = 1 as is_only_pair,
        places.date, others.date as other_date, places.channel, others.channel as other_channel
    from fits
    join shapes
        on fits.unit_id = shapes.unit_id and fits.half = shapes.half and fits.item = shapes.item
    join event_keys as keys using (event_id)
    join absence_names as names on keys.event_type = names.event_type and fits.half = names.half
    left join partners
        on fits.unit_id = partners.unit_id and fits.half = partners.half and fits.item = partners.item
    left join partners as back
        on partners.other_id = back.unit_id and fits.half = back.half and fits.item = back.item
    left join places on fits.unit_id = places.unit_id and fits.half = places.half
    left join places as others on partners.other_id = others.unit_id and fits.half = others.half
    where is_lacking
),
elsewhere as (
    -- What is booked on the first day of a period may as well be rolled out of a closed one.
    select *, case when period < other_period and channel is not distinct from other_channel
            and other_date not in (select start_date from periods) then late
        when date = other_date and channel <> other_channel then 'wrong_channel' end as cause
    from lacking
    where partners = 1 and is_only_pair
),
kits as (
    -- A kit whose components are lacking, while the batch has the kit itself too much.
    select lacking.unit_id, lacking.event_id, keys.sku as kit
    from lacking
    join event_keys as keys using (event_id)
    join shapes
        on lacking.unit_id = shapes.unit_id and lacking.half = shapes.half and keys.sku = shapes.item and shapes.is_balanced
    join roles_left
        on lacking.unit_id = roles_left.unit_id and keys.sku = roles_left.item and roles_left.role = 'cogs'
            and roles_left.amount < 0
    where lacking.half = 'goods' and lacking.item <> keys.sku
    group by all
),
absent as (
    -- A cost of zero brings its quantity.
    select lacking.unit_id, lacking.half, lacking.item, event_id, event_type,
        if(quantities.lacking = 0, 'zero_cost', missing) as cause
    from (
        select distinct unit_id, half, item, event_id, event_type, missing, quantity from lacking where partners is null
    ) as lacking
    anti join kits using (unit_id, event_id)
    left join quantities
        on lacking.unit_id = quantities.unit_id and lacking.half = quantities.half and lacking.item = quantities.item
    left join has_quantities as counted on lacking.unit_id = counted.unit_id and lacking.half = counted.half
    where lacking.half = 'money' or coalesce(is_counted, false) and quantities.lacking in (0, lacking.quantity)
),
both_halves as (
    select event_id
    from absent
    where event_type = 'shipment' and cause <> 'zero_cost'
    group by event_id
    having count(distinct half) = 2
),
too_much as (
    select shapes.unit_id, shapes.half, shapes.item, shapes.opposite, places.date, places.channel
    from shapes
    join places on shapes.unit_id = places.unit_id and shapes.half = places.half
    left join fits on shapes.unit_id = fits.unit_id and shapes.half = fits.half and shapes.item = fits.item
    left join partners on shapes.unit_id = partners.unit_id and shapes.half = partners.half and shapes.item = partners.item
    where is_of_one_period and is_balanced and shapes.item is not null and fits.unit_id is null and partners.unit_id is null
),
earlier as (
    -- Events of the days before, in batches of the same channel.
    select event_id, half, item, min(date) as date, min(channel) as channel,
        list({'role': role, 'amount': amount} order by role) as amounts
    from (
        select event_id, sides.half, sku as item, role, places.channel, min(sides.date) as date, sum(amount) as amount
        from sides
        join places on sides.unit_id = places.unit_id and sides.half = places.half
        where side = 'expected' and unit_kind = 'batch' and (sides.half, sku) in (select (half, item) from too_much)
        group by all
        having sum(amount) <> 0
    )
    group by event_id, half, item
),
copies as (
    select too_much.unit_id, too_much.half, too_much.item, any_value(event_id) as event_id
    from too_much
    join earlier
        on too_much.half = earlier.half and too_much.item = earlier.item and too_much.opposite = earlier.amounts
        and too_much.channel = earlier.channel and too_much.date - earlier.date between 1 and 31
    group by all
    having count(*) = 1
),
twice as (
    select unit_id, half, item, event_id
    from fits
    left join partners using (unit_id, half, item)
    where not is_lacking and partners is null
    union all
    select unit_id, half, item, event_id from copies
),
named as (
    select unit_id, half, item, cause from elsewhere where cause is not null
    union all
    select other_id, half, item, cause from elsewhere where cause is not null
    union all
    select unit_id, half, item, if(event_id in (from both_halves), 'missing_sale', cause) from absent
    union all
    select unit_id, half, item,
        if(keys.event_type in ('customer_return', 'refund'), 'return_duplicate', 'duplicate_posting')
    from twice
    join event_keys as keys using (event_id)
    union all
    select unit_id, 'goods', item, 'kit_not_exploded' from lacking join kits using (unit_id, event_id) where half = 'goods'
    union all
    select unit_id, 'goods', kit, 'kit_not_exploded' from kits
    union all
    select shapes.unit_id, shapes.half, shapes.item, if(is_by_channel, 'wrong_channel', 'wrong_location_relief')
    from shapes
    join moved
        on shapes.unit_id = moved.unit_id and shapes.half = moved.half and shapes.item is not distinct from moved.item
    where is_misplaced and is_of_one_period and is_by_location <> is_by_channel
)
select unit_id, half, item, min(cause) as cause
from named
group by unit_id, half, item
having count(distinct cause) = 1

-- What is left once everything stands where it belongs: a wrong quantity (at the recorded unit cost), then a wrong value.
-- Grain: one row per unit, half, coordinate and step. A coordinate that only one book has is ``unmatched``.
with arrived as (
    select unit_id, half, min(journal_id) as journal_id, role_to as role, sku_to as sku, location_to as location,
        channel_to as channel, period_to as period, min(date_to) as date, sum(quantity_to) as quantity, sum(amount) as amount
    from walk
    group by all
),
kept as (
    select unit_id, half, min(journal_id) as journal_id from arrived group by all
),
paired as (
    select
        kept.unit_id, kept.half, coalesce(arrived.journal_id, kept.journal_id) as journal_id,
        coalesce(wanted.role, arrived.role) as role, coalesce(wanted.sku, arrived.sku) as sku,
        coalesce(wanted.location, arrived.location) as location, coalesce(wanted.channel, arrived.channel) as channel,
        coalesce(wanted.period, arrived.period) as period, coalesce(wanted.date, arrived.date) as date,
        wanted.quantity as wanted_quantity, arrived.quantity as arrived_quantity,
        coalesce(wanted.amount, 0) as wanted_amount, coalesce(arrived.amount, 0) as arrived_amount,
        wanted.role is null or arrived.role is null as is_unmatched
    from arrived
    full join expected_points as wanted
        on arrived.unit_id = wanted.unit_id and arrived.half = wanted.half and arrived.role = wanted.role
        and arrived.sku is not distinct from wanted.sku and arrived.location is not distinct from wanted.location
        and arrived.channel is not distinct from wanted.channel and arrived.period = wanted.period
    join kept
        on kept.unit_id = coalesce(wanted.unit_id, arrived.unit_id) and kept.half = coalesce(wanted.half, arrived.half)
),
ratios as (
    -- A role without quantities (goods received not invoiced, say) follows the quantities of its half.
    select unit_id, half, min(abs(wanted_quantity)) as wanted_quantity, min(abs(arrived_quantity)) as arrived_quantity
    from paired
    where wanted_quantity is not null and arrived_quantity is not null and not is_unmatched
    group by all
    having count(distinct (abs(wanted_quantity), abs(arrived_quantity))) = 1
),
measured as (
    select
        paired.* exclude (wanted_quantity, arrived_quantity),
        coalesce(abs(paired.wanted_quantity), ratios.wanted_quantity) as wanted_quantity,
        coalesce(abs(paired.arrived_quantity), ratios.arrived_quantity) as arrived_quantity,
        case when is_unmatched then coalesce(paired.wanted_quantity, -paired.arrived_quantity)
            else paired.wanted_quantity - paired.arrived_quantity end as missing_quantity
    from paired
    left join ratios on paired.unit_id = ratios.unit_id and paired.half = ratios.half and paired.half = 'goods'
),
split as (
    select
        *,
        case when not is_unmatched and wanted_quantity <> arrived_quantity and arrived_quantity <> 0
            then share_of_money(arrived_amount, wanted_quantity - arrived_quantity, arrived_quantity)
            else 0 end as quantity_amount
    from measured
)
select unit_id, half, journal_id, 'quantity' as step, role, sku, location, channel, period, date,
    missing_quantity as quantity, quantity_amount as amount, arrived_quantity as recorded_quantity,
    wanted_quantity as expected_quantity, arrived_amount as recorded_amount, wanted_amount as expected_amount
from split
where quantity_amount <> 0
union all
select unit_id, half, journal_id, case when is_unmatched then 'unmatched' else 'unit_cost' end,
    role, sku, location, channel, period, date,
    case when is_unmatched then missing_quantity end,
    money(wanted_amount - arrived_amount - quantity_amount),
    arrived_quantity, wanted_quantity, arrived_amount, wanted_amount
from split
where wanted_amount - arrived_amount - quantity_amount <> 0

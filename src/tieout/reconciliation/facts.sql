-- What is known about each difference when a cause is looked for: the columns that the claims of the causes may name.
-- Grain: one row per line of ``differences``.
with halves as (
    select unit_id, half,
        bool_or(side = 'expected') as is_expected,
        bool_or(side = 'recorded') as is_recorded
    from sides
    where unit_kind = 'event'
    group by all
),
steps as (
    select unit_id, half, list(distinct step order by step) as steps from differences group by all
),
journals as (
    select journal_id, min(source) as source, bool_or(is_manual) as is_manual, min(posted_at) as posted_at
    from recorded
    group by journal_id
),
levels as (
    select journal_id, event_id as unit_id, max(evidence) as link_evidence
    from linked_lines
    where event_id is not null
    group by all
),
kits as (
    -- Kits that the ledger relieved as such, though their components left.
    select distinct points.unit_id
    from kept_points as points
    join event_keys as keys on points.unit_id = keys.event_id and points.sku = keys.sku
    where points.half = 'goods' and points.unit_id in (select event_id from kit_parts)
),
first_legs as (
    select rows.event_id, bool_or(sides.side = 'recorded') as is_recorded
    from stock_rows as rows
    join stock_rows as firsts
        on rows.document = firsts.document and rows.sku = firsts.sku and rows.ships_from = firsts.arrives_at
        and rows.type = 'transfer' and firsts.type = 'transfer' and rows.position > firsts.position
    join sides on firsts.event_id = sides.event_id
    group by rows.event_id
),
believed as (
    select distinct differences.unit_id, differences.role, differences.sku, differences.recorded_amount
    from differences
    join event_keys as keys on differences.unit_id = keys.event_id
    join known_costs
        on differences.sku = known_costs.sku and known_costs.valid_from <= keys.occurred_at
        and money(times(coalesce(differences.recorded_quantity, differences.expected_quantity), known_costs.unit_cost))
            = abs(differences.recorded_amount)
    where differences.step = 'unit_cost' and differences.recorded_amount <> 0
),
current_costs as (
    -- What a return would have brought at the unit cost of the stock that it came to.
    select event_id, valued_events.sku,
        share_of_money(
            amount_after - valued_events.amount, valued_events.quantity, quantity_after - valued_events.quantity
        ) as amount
    from valued_events
    join stock_rows as rows using (event_id)
    where rows.type = 'customer_return' and valued_events.quantity > 0 and quantity_after > valued_events.quantity
    qualify count(*) over (partition by event_id, valued_events.sku) = 1
),
totals as (
    select (select count(*) from trial_balance) > 0 as extract_is_proven
)
select
    differences.*,
    keys.event_type, keys.occurred_at, keys.system, keys.sku as event_sku,
    date_diff('minute', keys.occurred_at, as_of.moment) / 60.0 as age_hours,
    (timezone('UTC', keys.occurred_at))::date as utc_date,
    (timezone(coalesce(places.timezone, 'UTC'), keys.occurred_at))::date as place_date,
    local_date(orders.ordered_at) as ordered_date, local_date(orders.paid_at) as paid_date,
    rows.disposition, items.pack_size,
    coalesce(periods.is_complete, false) as period_is_complete,
    booked_periods.start_date as booked_period_start, right_periods.closed_at as right_period_closed_at,
    coalesce(other.is_expected, false) as other_half_is_expected,
    coalesce(other.is_recorded, false) as other_half_is_recorded,
    journals.source, coalesce(journals.is_manual, false) as is_manual, journals.posted_at,
    coalesce(levels.link_evidence, 'B') as link_evidence,
    steps.steps, kits.unit_id is not null as is_kit_relieved,
    coalesce(first_legs.is_recorded, false) as first_leg_is_recorded, first_legs.event_id is not null as is_second_leg,
    supposed.amount as amount_without_unbooked_costs, origins.cost_id as origin_cost_id,
    current_costs.amount as amount_at_current_cost,
    believed.unit_id is not null as is_believed_cost,
    totals.extract_is_proven, settings.sync_sla_hours
from differences
cross join as_of
cross join settings
cross join totals
left join event_keys as keys on differences.unit_id = keys.event_id and differences.step not in ('orphan', 'batch')
left join stock_rows as rows on keys.event_id = rows.event_id
left join order_lines as orders on rows.order_id = orders.order_id and rows.line_no = orders.line_no
left join locations as places on coalesce(rows.ships_from, rows.arrives_at) = places.location
left join items on differences.sku = items.sku
left join periods on differences.period = periods.period
left join days as booked_days on differences.date_from = booked_days.date
left join periods as booked_periods on booked_days.period = booked_periods.period
left join days as right_days on differences.date_to = right_days.date
left join periods as right_periods on right_days.period = right_periods.period
left join halves as other on differences.unit_id = other.unit_id and differences.half <> other.half
left join steps on differences.unit_id = steps.unit_id and differences.half = steps.half
left join journals using (journal_id)
left join levels on differences.journal_id = levels.journal_id and differences.unit_id = levels.unit_id
left join kits on differences.unit_id = kits.unit_id
left join first_legs on differences.unit_id = first_legs.event_id
left join supposed_amounts as supposed on differences.unit_id = supposed.event_id and differences.sku = supposed.sku
left join cost_origins as origins on differences.unit_id = origins.event_id and differences.sku = origins.sku
left join current_costs on differences.unit_id = current_costs.event_id and differences.sku = current_costs.sku
left join believed
    on differences.step = 'unit_cost' and differences.unit_id = believed.unit_id and differences.role = believed.role
    and differences.sku = believed.sku and differences.recorded_amount = believed.recorded_amount

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
modified as (
    select journal_id from gl_lines where modified_at > posted_at
),
journals as (
    select journal_id, min(source) as source, bool_or(is_manual) as is_manual, min(posted_at) as posted_at,
        bool_or(journal_id in (select journal_id from modified)) as is_modified
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
foreign_units as (
    -- Documents in another currency, and the rate at which they are converted.
    select documents.unit_id, documents.currency, rates.rate
    from (
        select event_id as unit_id, currency, date
        from (select event_id, local_date(occurred_at) as date, currency from stock_events where unit_cost is not null)
        union all
        select cost_id, currency, local_date(effective_at) from costs
        union all
        select refund_id, currency, local_date(refunded_at) from refunds
        union all
        select fee_id, currency, local_date(charged_at) from fees
        union all
        select rows.event_id, lines.currency, local_date(lines.ordered_at)
        from order_lines as lines
        join stock_rows as rows using (order_id, line_no)
        where rows.type = 'shipment'
    ) as documents
    cross join settings
    asof join rates on documents.currency = rates.currency and documents.date >= rates.rate_date
    where documents.currency <> settings.currency
),
converted_otherwise as (
    select distinct differences.unit_id, differences.role, differences.expected_amount, differences.recorded_amount
    from differences
    join foreign_units using (unit_id)
    join (
        select currency, rate from rates union select currency, 1 from rates
    ) as others on foreign_units.currency = others.currency and foreign_units.rate <> others.rate
    where differences.step = 'unit_cost'
        and abs(money(converted(abs(expected_amount), others.rate)) - money(converted(abs(recorded_amount), foreign_units.rate)))
            <= from_minor_units(1)
),
many as (
    select journal_id from linked_lines where event_id is not null group by journal_id having count(distinct event_id) > 1
),
payouts as (
    select channel, local_date(paid_at) as date from settlements
),
proven as (
    select periods.period, coalesce(
        totals.is_proven, (select bool_and(is_whole) from journal_numbers) and not exists (from trial_balance), false
    ) as extract_is_proven
    from periods
    left join (
        select period, bool_and(coalesce(booked = declared, false)) as is_proven from control_totals group by period
    ) as totals using (period)
)
select
    differences.*,
    keys.event_type, keys.occurred_at, keys.system, keys.sku as event_sku,
    date_diff('minute', keys.occurred_at, as_of.moment) / 60.0 as age_hours,
    (timezone('UTC', keys.occurred_at))::date as utc_date,
    (timezone(coalesce(places.timezone, 'UTC'), keys.occurred_at))::date as place_date,
    local_date(orders.ordered_at) as ordered_date, local_date(orders.paid_at) as paid_date,
    rows.disposition, rows.recoverable, rows.quantity as event_quantity, items.pack_size,
    case when expected_quantity <> 0 then money(times(
        expected_quantity, share_of_money(abs(differences.expected_amount), 1, expected_quantity))) end as rounded_amount,
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
    units.recorded_roles, units.expected_roles, units.own_tax, units.channel_tax, units.sent_amounts, units.bill_dates,
    coalesce(units.lacks_true_up, false) as lacks_true_up,
    coalesce(units.is_booked_at_zero, false) as is_booked_at_zero,
    coalesce(units.is_stock_total_right, false) as is_stock_total_right,
    coalesce(units.is_other_bom, false) as is_other_bom, coalesce(units.was_deleted, false) as was_deleted,
    coalesce(cost_facts.fitting, []) as fitting, coalesce(cost_facts.voted, []) as voted,
    booked_origins.origin_id as booked_origin_id,
    -- What fits without being decided: rules that too few lines bear out, and absences with more than one reason.
    case when len(doubts.candidates) > 0 then doubts.candidates
        when is_perhaps_rolled then ['closed_period_roll', coalesce(names.late, 'late_posting')]
        when differences.step = 'unit_cost' and cost_facts.fitting is not null then candidate_causes(cost_facts.fitting)
        when differences.step in ('unit_cost', 'quantity') and coalesce(journals.is_modified, false)
            then ['altered_or_voided_after_sync', 'stale_cost']
        when differences.step = 'existence' and keys.event_type = 'customer_return' and rows.disposition is null
            then ['disposition_wrong', 'return_cogs_not_reversed']
        else [] end as candidates,
    doubts.candidates is not null or is_perhaps_rolled is true as is_undecided,
    copies.journal_id is not null as is_copy_of_orphan,
    moved.transfer_id as hidden_transfer_id, moved.amount as amount_without_transfers, moved.booked_place,
    converted_otherwise.unit_id is not null as is_converted_otherwise,
    many.journal_id is not null as serves_many, payouts.date is not null as is_payout_date,
    coalesce(journals.is_modified, false) as is_modified, rows.owner, orders.quantity as ordered_quantity,
    unshipped.order_id is not null as is_unshipped_order, unshipped.is_oversold,
    doubles.order_id as doubled_order_id, doubles.is_named as is_double_named,
    blended_sales.event_id is not null as is_blended_cost,
    coalesce(bills.is_left_open, false) as is_left_open, coalesce(bills.is_stocked_early, false) as is_stocked_early,
    origin_bills.unit_id is not null as is_origin_a_bill,
    coalesce(differences.step = 'period' and documents.cost_id is not null
        and right_periods.closed_at < coalesce(documents.recorded_at, documents.effective_at), false) as is_change_in_estimate,
    coalesce(differences.part_cause, batch_causes.cause) as batch_cause,
    coalesce(proven.extract_is_proven, false) as extract_is_proven, settings.sync_sla_hours
from differences
cross join as_of
cross join settings
left join proven using (period)
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
left join believed_costs as believed
    on differences.step = 'unit_cost' and differences.unit_id = believed.unit_id and differences.role = believed.role
    and differences.sku = believed.sku and differences.recorded_amount = believed.recorded_amount
left join unit_facts as units on differences.unit_kind = 'event' and differences.unit_id = units.unit_id
left join cost_facts
    on differences.step = 'unit_cost' and differences.unit_id = cost_facts.unit_id and differences.sku = cost_facts.sku
    and differences.journal_id is not distinct from cost_facts.journal_id
    and differences.recorded_amount = cost_facts.recorded_amount
left join booked_origins on differences.unit_id = booked_origins.event_id and differences.sku = booked_origins.sku
left join converted_otherwise
    on differences.step = 'unit_cost' and differences.unit_id = converted_otherwise.unit_id
    and differences.role = converted_otherwise.role and differences.expected_amount = converted_otherwise.expected_amount
    and differences.recorded_amount = converted_otherwise.recorded_amount
-- One key for both kinds of doubt: joined by one name or the other, every line would be held against every doubt.
left join link_doubts as doubts
    on differences.half = doubts.half and (differences.step = 'orphan') = (doubts.event_id is null)
    and case differences.step when 'orphan' then differences.journal_id when 'existence' then differences.unit_id end
        = coalesce(doubts.journal_id, doubts.event_id)
left join costs as documents on differences.unit_id = documents.cost_id
left join absence_names as names on keys.event_type = names.event_type and differences.half = names.half
left join orphan_copies as copies
    on differences.step = 'orphan' and differences.half = copies.half and differences.journal_id = copies.journal_id
left join transfer_origins as moved on differences.unit_id = moved.event_id and differences.sku = moved.sku
left join batch_causes
    on differences.step = 'batch' and differences.unit_id = batch_causes.unit_id and differences.half = batch_causes.half
    and (batch_causes.item is null or differences.sku = batch_causes.item)
left join many on differences.journal_id = many.journal_id
left join (select distinct channel, date from payouts) as payouts
    on rows.channel = payouts.channel and differences.date_from = payouts.date
cross join lateral (
    -- On the first day of a period, out of one that is closed by now: when it came decides, and the ledger does not say, nor does
    -- an entry for many events. What another clock explains is left to it.
    select differences.step = 'period' and differences.date_from > differences.date_to
        and (journals.posted_at is null or many.journal_id is not null and payouts.date is null)
        and differences.date_from = booked_periods.start_date and right_periods.closed_at <= as_of.moment
        and not (date_diff('day', differences.date_to, differences.date_from) = 1
            and coalesce(differences.date_from in (
                timezone('UTC', keys.occurred_at)::date, timezone(coalesce(places.timezone, 'UTC'), keys.occurred_at)::date),
                    false)
        ) as is_perhaps_rolled
) as rolls
left join unshipped_orders as unshipped on differences.step = 'orphan' and differences.unit_id = unshipped.order_id
left join double_corrections as doubles
    on differences.step = 'orphan' and differences.half = 'goods' and differences.unit_id = doubles.unit_id
    and differences.journal_id = doubles.journal_id
left join blended_sales
    on differences.step = 'unit_cost' and differences.half = 'goods' and differences.unit_id = blended_sales.event_id
left join bill_facts as bills on differences.unit_kind = 'event' and differences.unit_id = bills.unit_id
left join bill_facts as origin_bills on origins.cost_id = origin_bills.unit_id

-- The clean lines that errors or flaws touch, with the coordinates at which the ledger has them.
-- Grain: one line of the clean journal. ``booked_...`` is the ledger's side; each ``..._cause`` names the step of the walk from
-- it to the clean line: existence, period, role, sku, location, channel, value. Cents; ``change`` is that of existence.
with halves as (
    select *
    from (values ('money', 'money'), ('goods', 'goods'), ('true-up', 'true-up'), ('all', 'money'), ('all', 'goods'))
        as halves (named, half)
),
marks as (
    select plants.event_id, halves.half,
        max(cause) filter (where step in ('existence', 'true-up')) as missing_cause,
        max(change) filter (where step in ('existence', 'true-up')) as absence,
        max(cause) filter (where step = 'copy') as copied_cause,
        max(cause) filter (where step = 'period') as time_cause, max(change) filter (where step = 'period') as lateness,
        max(cause) filter (where step = 'role') as role_cause, max(change) filter (where step = 'role') as misuse,
        max(cause) filter (where step = 'location') as location_cause,
        max(cause) filter (where step = 'channel') as channel_cause,
        max(cause) filter (where step in ('value', 'value money')) as value_cause,
        max(change) filter (where step in ('value', 'value money')) as valuation
    from plants
    join halves on plants.half = halves.named
    group by all
),
touched as (
    select event_id from plants
    union
    select event_id from journal where amount <> known
),
ratios as (
    select source, round(sum(cost) * 10000 / sum(revenue))::bigint as ratio
    from events
    where kind_of_event = 'shipment'
    group by source
),
flawed as (
    select distinct legs.sku, flaws.cause from flaws join legs on flaws.event_id = legs.event_id
    union
    select kits.kit_sku, flaws.cause
    from flaws
    join legs on flaws.event_id = legs.event_id
    join kit_components as kits on legs.sku = kits.component_sku
    join items on kits.kit_sku = items.sku and items.kind = 'assembled'
),
lines as (
    select journal.*, marks.* exclude (event_id, half),
        facts.ordered_at, facts.ordered, facts.quantity as event_quantity, facts.paid_out_at, facts.pack_size, facts.believed,
        facts.averaged, facts.pooled, facts.as_known, facts.rounded, facts.revenue, facts.tax, facts.line_tax, facts.cents_before,
        facts.units_before, facts.sku as event_sku, ratios.ratio, bills.billed_at, own_bills.billed_at as own_billed_at,
        shares.by_units, flawed.cause as flaw,
        mismaps.taken_for, others.unit_cost * abs(journal.quantity) as taken_cost,
        min(journal.sku) filter (where journal.half = 'goods') over (partition by journal.event_id) as first_sku
    from journal
    semi join touched using (event_id)
    left join marks on journal.event_id = marks.event_id and journal.half = marks.half
    left join events as facts on journal.event_id = facts.event_id
    left join ratios on journal.source = ratios.source
    left join (select event_id, min(billed_at) as billed_at from receipt_costs group by event_id) as bills
        on journal.event_id = bills.event_id
    left join receipt_costs as own_bills on journal.event_id = own_bills.cost_id
    left join freight_shares as shares
        on journal.event_id = shares.cost_id and journal.sku = shares.sku and marks.valuation = 'by units'
    left join flawed on journal.sku = flawed.sku
    left join mismaps on journal.sku = mismaps.sku and marks.valuation = 'sku'
    left join believed_costs as others on mismaps.taken_for = others.sku and others.month = date_trunc('month', journal.date)
),
dated as (
    select *,
        case lateness
            when 'late' then next_month(date) + 1 + draw(event_id, 'late', 5)::integer
            when 'at order' then day(ordered_at)
            when 'rolled' then next_month(date)
            when 'other clock' then day(happened_at + 25200)
            when 'with payout' then day(paid_out_at)
            when 'at bill' then day(billed_at)
            else if(misuse = 'variance', day(own_billed_at), date)
        end as booked_on
    from lines
),
valued as (
    select *,
        case valuation
            when 'zero' then 0
            when 'believed' then sign(known) * believed
            when 'averaged' then sign(known) * averaged
            when 'pooled' then sign(known) * pooled
            when 'as known' then sign(known) * as_known
            when 'rounded' then sign(known) * rounded
            when 'blended' then sign(known) * converted(revenue, ratio)
            when 'pack' then known // pack_size
            when 'as ordered' then known * ordered // event_quantity
            when 'sku' then if(half = 'goods', sign(known) * taken_cost, known)
            when 'edited' then sign(known) * (abs(known) - 10 - draw(event_id, 'edit', abs(known) // 3))
            when 'current' then sign(known) * share(cents_before, abs(quantity), units_before)
            when 'by units' then sign(known) * by_units
            when 'tax' then case
                when tax > 0 then case role when 'tax' then 0 when 'revenue' then known - tax else known end
                when role = 'revenue' then known - line_tax
                when role = 'clearing' then known + line_tax
                else known end
            else known
        end::bigint as booked_amount
    from dated
)
select event_id, event_type, half, document, source, date, booked_on,
    case lateness
        when 'late' then midnight(booked_on) + 36000
        when 'at order' then ordered_at + 1200
        when 'rolled' then midnight(booked_on) + 7 * 86400 + 70000
        when 'with payout' then paid_out_at + 600
        when 'at bill' then billed_at + 3600
        else happened_at
    end as posted_at,
    if(lateness = 'with payout', source || ' payout ' || paid_out_at, null) as batch,
    role, sku, location, channel, amount, quantity as clean_quantity,
    case
        when misuse = 'inventory' and role = 'write_off' then 'inventory'
        when misuse = 'marketing' and role = 'discounts' then 'marketing'
        when misuse = 'revenue' and role = 'clearing' then 'revenue'
        when misuse = 'compensation' and role in ('recoveries', 'other_income') then 'revenue'
        when misuse = 'deposit' and role = 'prepaid' then 'inventory'
        when misuse = 'own stock' and role = 'payables' then 'inventory'
        when misuse = 'capitalised' and role = 'freight' then 'inventory'
        when misuse = 'variance' and role = 'inventory' then 'purchase_price_variance'
        when misuse = 'stocked' and role = 'grni' then 'inventory'
        else role
    end as booked_role,
    booked_role <> role as is_misused,
    case when is_misused then case when misuse = 'own stock' then event_sku else sku_of(booked_role, sku) end
        else coalesce(taken_for, sku) end as booked_sku,
    case when is_misused then case when misuse = 'own stock' then 'MAIN' else location_of(booked_role, location) end
        when location_cause is not null and location <> '' then case location when 'MAIN' then 'WEST' else 'MAIN' end
        else location end as booked_location,
    case when is_misused then case when misuse = 'compensation' then '' else channel_of(booked_role, channel) end
        when channel_cause is not null and channel <> '' then case channel when 'web' then 'amazon' else 'web' end
        else channel end as booked_channel,
    case valuation
        when 'pack' then quantity // pack_size
        when 'as ordered' then quantity * ordered // event_quantity
        else quantity
    end::bigint as booked_quantity,
    booked_amount,
    case when absence = 'dropped' and sku <> first_sku then null else missing_cause end as missing_cause, absence,
    copied_cause, time_cause, if(is_misused, role_cause, null) as role_cause,
    if(taken_for is null or is_misused, null, value_cause) as sku_cause,
    if(is_misused, null, location_cause) as location_cause, if(is_misused, null, channel_cause) as channel_cause,
    coalesce(value_cause, if(event_type = 'opening', 'opening_difference', flaw)) as value_cause
from valued

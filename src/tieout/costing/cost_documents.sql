-- Bills and landed costs on receipts, and freight on transfers, in functional currency.
-- Grain: one row per cost document and the receipt or transfer that it belongs to. A landed cost that names none is shared
-- over the receipts of its document (or purchase order), by its basis, the remainder on the largest (the last of several).
-- ``amount``: what is owed for it; ``value_change``: what it adds to the goods (a bill: only what it differs from the
-- receipt's own price); ``exchange_difference``: what a bill owes more only because its rate is not the receipt's.
-- ``is_late``: it joins the goods at its own moment, when some of them may be gone, not with them.
with documents as (
    select costs.*, local_date(effective_at) as date,
        case when settings.knowledge = 'as_known' then greatest(effective_at, recorded_at) else effective_at end as moment
    from costs
    cross join as_of
    cross join settings
    where type in ('vendor_bill', 'landed_cost', 'transfer_freight')
        and effective_at <= as_of.moment and (voided_at is null or voided_at > as_of.moment)
        and (settings.knowledge = 'hindsight' or coalesce(recorded_at, effective_at) <= as_of.moment)
),
converted as (
    select documents.*, coalesce(documents.currency, settings.currency) as billed_in, rates.rate
    from documents
    cross join settings
    asof join rates
        on coalesce(documents.currency, settings.currency) = rates.currency and documents.date >= rates.rate_date
),
goods as (
    select rows.event_id, rows.type, rows.sku, rows.arrives_at, rows.date, rows.document, rows.position, rows.replayed_at,
        rows.priced_quantity, rows.unit_cost, rows.quantity,
        coalesce(rows.unit_cost, times(rows.units_per, standards.standard_cost), 0)::decimal(18, 6) as price
    from stock_rows as rows
    left join standards on rows.sku = standards.sku and rows.replayed_at >= standards.valid_from
        and rows.replayed_at < standards.valid_until
    where rows.owner = 'own' and rows.type in ('receipt', 'opening', 'transfer')
),
arrivals as (
    -- Freight of a transfer joins the goods where its last leg brings them.
    select named.event_id, arg_max(legs.event_id, legs.position) as last_id
    from goods as named
    join goods as legs
        on named.event_id = legs.event_id
        or named.document = legs.document and named.sku = legs.sku and legs.type = 'transfer'
    where named.type = 'transfer' and named.event_id in (select event_id from converted where type = 'transfer_freight')
    group by named.event_id
),
named as (
    select converted.*, coalesce(arrivals.last_id, goods.event_id) as goods_id, 1 as part, 1 as parts, 1 as weight
    from converted
    join goods on converted.event_id = goods.event_id and (converted.type = 'transfer_freight') = (goods.type = 'transfer')
    left join arrivals on converted.type = 'transfer_freight' and converted.event_id = arrivals.event_id
),
shared as (
    select converted.*, goods.event_id as goods_id,
        (10000 * case
            when basis = 'weight' then (goods.quantity::decimal(38, 4) * items.weight)::decimal(38, 4)
            when basis = 'volume' then (goods.quantity::decimal(38, 4) * items.volume)::decimal(38, 4)
            when basis = 'quantity' then goods.quantity::decimal(38, 4)
            else times(goods.priced_quantity, goods.price)::decimal(38, 4) end)::hugeint as wanted_weight,
        case when min(wanted_weight) over (partition by cost_id) is not null
                and max(wanted_weight) over (partition by cost_id) > 0 then wanted_weight
            else ten_thousandths(goods.quantity)::hugeint end as weight,
        row_number() over (partition by cost_id order by weight, goods.position) as part,
        count(*) over (partition by cost_id) as parts
    from converted
    join goods on goods.type = 'receipt' and goods.document in (converted.document, converted.po_id)
        and coalesce(converted.sku, goods.sku) = goods.sku
        and coalesce(converted.location, goods.arrives_at) is not distinct from goods.arrives_at
    left join items on goods.sku = items.sku
    where converted.type = 'landed_cost' and converted.event_id is null
),
billed as (
    select
        cost_id, documents.type, goods_id as event_id, goods.sku, arrives_at as location, documents.date, documents.document,
        goods.date as receipt_date, goods.position, goods.replayed_at, moment, recorded_at, part, parts, weight,
        least(coalesce(documents.quantity, priced_quantity), priced_quantity) as quantity, goods.price as unit_cost,
        rates.rate as receipt_rate, documents.rate,
        coalesce(
            times(coalesce(documents.quantity, priced_quantity), documents.unit_cost),
            documents.amount
        )::decimal(38, 10) as foreign_amount
    from (from named union all by name select * exclude (wanted_weight) from shared) as documents
    join goods on documents.goods_id = goods.event_id
    asof left join rates on documents.billed_in = rates.currency and goods.date >= rates.rate_date
),
shares as (
    select *,
        money(converted(foreign_amount, rate)) as whole,
        from_minor_units(half_up(minor_units(whole)::hugeint * weight, sum(weight) over (partition by cost_id)::hugeint)) as share
    from billed
),
amounts as (
    select *,
        case when part < parts then share
            else money(whole - coalesce(sum(share) over (
                partition by cost_id order by part rows between unbounded preceding and 1 preceding
            ), 0)) end as amount,
        case when settings.bill_rate = 'exchange_difference' and type = 'vendor_bill'
            then money(whole - converted(foreign_amount, coalesce(receipt_rate, rate))) else 0 end as exchange_difference
    from shares
    cross join settings
)
select
    cost_id, type, event_id, sku, location, date, document, receipt_date, moment, recorded_at, amount,
    money(exchange_difference) as exchange_difference,
    case when type = 'vendor_bill' then money(amount - exchange_difference - times(quantity, unit_cost)) else amount end
        as value_change,
    settings.late_cost = 'prospective' and moment > replayed_at as is_late
from amounts
cross join settings

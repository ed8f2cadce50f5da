-- Bills and landed costs on receipts, and freight on transfers, in functional currency.
-- Grain: one row per cost document and the receipt or transfer that it belongs to; one more that takes it back where it was
-- withdrawn later (as known then). A landed cost that names no receipt is shared over the receipts of its document (or purchase
-- order), by its basis, the remainder on the largest (the last of several).
-- ``amount``: what is owed for it; ``value_change``: what it adds to the goods (a bill: only what it differs from the
-- receipt's own price, for the units that came; a receipt without a price has that of its bills); ``exchange_difference``: what
-- a bill owes more only because its rate is not the receipt's. ``is_late``: it joins the goods at its own moment, when some of
-- them may be gone, not with them; ``date``: when it is owed, ``value_date``: when its value joins the goods.
with documents as (
    select costs.*, local_date(effective_at) as date,
        case when settings.knowledge = 'as_known' then greatest(effective_at, recorded_at) else effective_at end as known_from
    from costs
    cross join as_of
    cross join settings
    where type in ('vendor_bill', 'landed_cost', 'transfer_freight') and known_from <= as_of.moment
        and (voided_at is null or voided_at > as_of.moment or settings.knowledge = 'as_known' and voided_at > known_from)
),
converted as (
    select documents.*, coalesce(documents.currency, settings.currency) as billed_in, rates.rate
    from documents
    cross join settings
    asof join rates
        on coalesce(documents.currency, settings.currency) = rates.currency and documents.date >= rates.rate_date
),
goods as (
    select event_id, type, sku, arrives_at, date, document, position, replayed_at, priced_quantity, quantity, unit_cost
    from stock_rows
    where owner = 'own' and type in ('receipt', 'opening', 'transfer')
        and sku not in (select sku from items where not is_stocked)
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
weighed as (
    select converted.*, goods.event_id as goods_id, goods.position, goods.quantity as received,
        case basis
            when 'weight' then try_cast(goods.quantity::decimal(38, 4) * items.weight as decimal(30, 4))
            when 'volume' then try_cast(goods.quantity::decimal(38, 4) * items.volume as decimal(30, 4))
            when 'quantity' then goods.quantity
            else try_cast(times(goods.priced_quantity, goods.unit_cost) as decimal(30, 4)) end as wanted_weight
    from converted
    join goods on goods.type = 'receipt' and goods.document in (converted.document, converted.po_id)
        and coalesce(converted.sku, goods.sku) = goods.sku
        and coalesce(converted.location, goods.arrives_at) is not distinct from goods.arrives_at
    left join items on goods.sku = items.sku
    where converted.type = 'landed_cost' and converted.event_id is null
),
keyed as (
    select * exclude (received, wanted_weight),
        (10000 * case when count(nullif(wanted_weight, 0)) over of_document = count(*) over of_document then wanted_weight
            else received end)::hugeint as weight
    from weighed
    window of_document as (partition by cost_id)
),
shared as (
    select * exclude (position), row_number() over (partition by cost_id order by weight, position) as part,
        count(*) over (partition by cost_id) as parts
    from keyed
),
billed as (
    select
        cost_id, documents.type, goods_id as event_id, goods.sku, arrives_at as location, documents.date, documents.document,
        goods.date as receipt_date, replayed_at, documents.known_from, documents.voided_at, recorded_at, part, parts, weight,
        goods.unit_cost, priced_quantity,
        coalesce(documents.quantity, priced_quantity) as billed_quantity,
        least(billed_quantity, priced_quantity)::decimal(18, 4) as quantity,
        coalesce(times(billed_quantity, documents.unit_cost), documents.amount)::decimal(38, 10) as foreign_amount,
        money(in_bounds(converted(foreign_amount, documents.rate))) as whole,
        case when documents.type = 'vendor_bill'
            then money(in_bounds(converted(foreign_amount, coalesce(rates.rate, documents.rate)))) end as at_receipt_rate
    from (from named union all by name from shared) as documents
    join goods on documents.goods_id = goods.event_id
    asof left join rates on documents.billed_in = rates.currency and goods.date >= rates.rate_date
    where coalesce(
        try_cast(times(coalesce(documents.quantity, priced_quantity), documents.unit_cost) as decimal(30, 10)), documents.amount
    ) is not null
),
parted as (
    select billed.*,
        case when part < parts
            then from_minor_units(half_up(minor_units(whole)::hugeint * weight, sum(weight) over (partition by cost_id)::hugeint))
            end as share
    from billed
    where whole is not null and (at_receipt_rate is not null or type <> 'vendor_bill')
),
valued as (
    select parted.*, settings.knowledge, settings.late_cost,
        case when part < parts then share else money(whole - coalesce(sum(share) over (partition by cost_id), 0)) end as amount,
        case when type = 'vendor_bill' and settings.bill_rate = 'exchange_difference' then whole - at_receipt_rate else 0 end
            as exchange_difference,
        share_of_money(money(whole - exchange_difference), quantity, billed_quantity) as for_goods
    from parted
    cross join settings
),
priced as (
    -- What a receipt without a price of its own is billed at.
    select valued.*,
        sum(case when type = 'vendor_bill' then for_goods end) over of_goods as billed_for_goods,
        sum(case when type = 'vendor_bill' then quantity end) over of_goods as billed_units,
        -- Bills of parts of a receipt are compared with its value so far, or each part's rounding would be a difference.
        sum(case when type = 'vendor_bill' then quantity end) over (of_goods order by known_from, cost_id)::decimal(18, 4)
            as quantity_until
    from valued
    window of_goods as (partition by event_id)
),
compared as (
    select *,
        unit_cost is not null or coalesce(billed_units, 0) > 0 or type = 'transfer_freight' as is_priced,
        case when type <> 'vendor_bill' then amount
            when unit_cost is not null then money(
                for_goods - money(times(quantity_until, unit_cost)) + money(times(quantity_until - quantity, unit_cost)))
            else money(for_goods - share_of_money(money(billed_for_goods), quantity, billed_units::decimal(18, 4))) end
            as value_change,
        late_cost = 'prospective' and known_from > replayed_at as comes_late
    from priced
),
counted as (
    select cost_id, type, event_id, sku, location, date, document, receipt_date, recorded_at, amount,
        money(exchange_difference) as exchange_difference, value_change, billed_for_goods, billed_units, is_priced,
        comes_late or not is_priced or type = 'transfer_freight' and amount < 0 as is_late,
        case when comes_late then known_from else greatest(replayed_at, least(known_from, replayed_at)) end as moment,
        case when comes_late then date else receipt_date end as value_date, voided_at, knowledge
    from compared
)
select * exclude (voided_at, knowledge) from counted
union all
select * exclude (voided_at, knowledge) replace (
    -amount as amount, -exchange_difference as exchange_difference, -value_change as value_change,
    local_date(voided_at) as date, local_date(voided_at) as value_date, true as is_late, voided_at as moment)
from counted
where knowledge = 'as_known' and voided_at is not null and voided_at <= (select moment from as_of)

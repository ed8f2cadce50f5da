-- Bills and landed costs that belong to a receipt, in functional currency.
-- Grain: one row per cost document of a known receipt. ``amount``: what was billed; ``value_change``: what it adds to
-- the goods (a bill: only its difference from the receipt's own price).
with documents as (
    select costs.*, local_date(effective_at) as date
    from costs
    cross join as_of
    where type in ('vendor_bill', 'landed_cost')
        and effective_at <= as_of.moment and (voided_at is null or voided_at > as_of.moment)
),
converted as (
    select documents.*, rates.rate
    from documents
    cross join settings
    asof left join rates
        on coalesce(documents.currency, settings.currency) = rates.currency and documents.date >= rates.rate_date
),
billed as (
    select
        converted.cost_id, converted.type, receipts.event_id, receipts.sku, receipts.arrives_at as location,
        converted.date, converted.document, receipts.date as receipt_date,
        least(coalesce(converted.quantity, receipts.quantity), receipts.quantity) as quantity,
        coalesce(receipts.unit_cost, items.standard_cost, 0) as unit_cost,
        money(coalesce(
            converted(times(coalesce(converted.quantity, receipts.quantity), converted.unit_cost), converted.rate),
            converted(converted.amount, converted.rate)
        )) as amount
    from converted
    join stock_rows as receipts on converted.event_id = receipts.event_id and receipts.type in ('receipt', 'opening')
        and receipts.owner = 'own'
    left join items on receipts.sku = items.sku
    where converted.rate is not null
)
select
    *,
    case when type = 'landed_cost' then amount else money(amount - times(quantity, unit_cost)) end as value_change
from billed

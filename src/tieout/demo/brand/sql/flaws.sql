-- Cost documents that the costing system never saw, or saw at another exchange rate: all that leaves the goods is valued by it.
-- Grain: one receipt and cause. Cents; ``document_id`` is the event whose entry is wrong, ``less`` what the receipt's goods
-- are worth less in that system. A supplier has one kind of flaw, so that no item's costs are wrong for two reasons.
with parts as (
    select distinct items.vendor
    from kit_components
    join items on kit_components.component_sku = items.sku
    join items as kits on kit_components.kit_sku = kits.sku and kits.kind = 'assembled'
),
possible as (
    select items.sku, items.vendor, causes.cause
    from items
    join (
        select vendor, any_value(currency) as currency from purchase_lines group by vendor
    ) as vendors using (vendor)
    join errors as causes on causes.cause in ('landed_cost_omitted', 'fx_rate', 'grni_residual')
    where causes.rate > 0 and (causes.cause = 'landed_cost_omitted' or items.vendor not in (from parts))
        and (causes.cause <> 'fx_rate' or vendors.currency = 'EUR')
        and (causes.cause = 'landed_cost_omitted') <= (items.lead_time_days > 30)
        and (causes.cause = 'grni_residual') <= (items.lead_time_days <= 30)
),
chosen as (
    select sku, vendor, cause
    from possible
    qualify row_number() over (partition by sku order by draw(vendor, cause, 1000000), cause) = 1
),
converted_otherwise as (
    select receipts.event_id, receipts.sku,
        receipts.own - converted(events.quantity * events.unit_cost, others.rate) as less
    from receipt_costs as receipts
    join stock_events as events using (event_id)
    join rates as others
        on events.currency = others.currency
        and others.rate_date = day(receipts.occurred_at) - 20 - draw(receipts.event_id, 'old rate', 20)::integer
    where events.currency <> 'USD' and others.rate <> receipts.rate
)
select shares.event_id, shares.cost_id as document_id, 'landed_cost_omitted' as cause, shares.amount as less
from freight_shares as shares
join chosen on shares.sku = chosen.sku and chosen.cause = 'landed_cost_omitted'
join errors on chosen.cause = errors.cause and draw(shares.cost_id, chosen.cause, 1000000) < errors.rate
where shares.effective_at < getvariable('settled')
union all
select others.event_id, others.event_id, 'fx_rate', others.less
from converted_otherwise as others
join chosen on others.sku = chosen.sku and chosen.cause = 'fx_rate'
join errors on chosen.cause = errors.cause and draw(others.event_id, chosen.cause, 1000000) < errors.rate
where less <> 0
union all
select receipts.event_id, receipts.cost_id, 'grni_residual', receipts.more
from receipt_costs as receipts
join chosen on receipts.sku = chosen.sku and chosen.cause = 'grni_residual'
join errors on chosen.cause = errors.cause and draw(receipts.cost_id, chosen.cause, 1000000) < errors.rate
where receipts.cost_id is not null and receipts.billed_at < getvariable('settled')

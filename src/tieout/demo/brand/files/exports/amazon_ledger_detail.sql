-- Amazon's inventory ledger: every movement in its centres, those that other reports know better among them.
-- Grain: one movement.
with rows as (
    select *, case carrier when 'amazon_fulfilled_shipments' then 'Shipments'
            when 'amazon_customer_returns' then 'CustomerReturns' else string_split(reason, ' ')[1] end as kind,
        if(from_location = 'FBA', -quantity, quantity)::bigint as moved
    from canonical.stock_events
    where starts_with(carrier, 'amazon')
)
select 'amazon/inventory_ledger_detail.csv' as file, strftime(occurred_at, '%m/%d/%Y') as "Date", fnsku(sku) as "FNSKU",
    'B0' || fnsku(sku) as "ASIN", sku as "MSKU", items.name as "Title", kind as "Event Type",
    if(carrier = 'amazon_ledger_detail', document, null) as "Reference ID", moved as "Quantity", 'PHX7' as "Fulfillment Center",
    if(disposition = 'damaged', 'CUSTOMER_DAMAGED', 'SELLABLE') as "Disposition",
    if(kind = 'Adjustments', if(moved < 0, 'M', 'F'), null) as "Reason", 'US' as "Country", abs(moved) as "Reconciled Quantity",
    0 as "Unreconciled Quantity", with_zone(occurred_at) as "Date and Time", null as "Store"
from rows
left join (select sku, name from canonical.items) as items using (sku)
order by occurred_at, event_id

-- Freight bills of imported deliveries: 6 % to 18 % of the goods, known 15 to 40 days after them, within the year.
-- Grain: one bill for one delivery; ``amount`` in pence. ``is_omitted``: the ledger will never hear of it.
with billed as (
    select
        event_key('LND', row_number() over (order by purchases.event_id)) as cost_id,
        purchases.event_id, purchases.sku, purchases.location, purchases.moment as received_at, purchases.month,
        purchases.worth * (600 + draw(purchases.event_id, 'freight', 1201)) // 10000 as amount
    from purchases
    join products using (sku)
    where purchases.type = 'receipt' and products.is_imported and draw(purchases.event_id, 'freight bill', 100) < 50
),
dated as (
    select *,
        in_office_hours(received_at::date + 15 + draw(cost_id, 'days', 26)::integer, cost_id, 'bill') as effective_at
    from billed
)
select
    dated.*,
    'FRT-' || month_of(received_at) || '-' || location as document,
    not $clean and draw(cost_id, 'omitted', 1000) < 8 * (6 + month) as is_omitted
from dated
where amount > 0 and effective_at < (select max(moment) from uses)

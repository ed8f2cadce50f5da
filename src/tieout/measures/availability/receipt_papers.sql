-- What the books know of each receipt: when the ledger took it, when it was billed, and what is owed and paid for it.
-- Grain: one row per receipt, opening or product of an assembly, of our own goods. ``valued_on``: the first entry of its own,
-- or of a bill of it, in inventory; ``owed``: what the supplier gets for it, in the ``currency`` of the purchase, NULL where no
-- price is known; ``owed_before``: for earlier receipts of its purchase order. An opening came with the books: valued and
-- paid; for what we made ourselves nobody is owed.
with bills as (
    select costs.event_id, min(local_date(costs.effective_at)) as billed_on, any_value(costs.currency) as currency,
        any_value(costs.po_id) as po_id,
        sum(coalesce(times(coalesce(costs.quantity, rows.priced_quantity), costs.unit_cost), costs.amount)) as amount
    from costs
    join stock_rows as rows using (event_id)
    cross join as_of
    where costs.type = 'vendor_bill' and costs.effective_at <= as_of.moment
        and (costs.voided_at is null or costs.voided_at > as_of.moment)
    group by costs.event_id
),
entries as (
    select event_id, null as batch_id, min(date) as date
    from booked_lines
    where role in ('inventory', 'in_transit') and event_id is not null
    group by event_id
    union all
    select null, batch_id, min(date)
    from linked_lines
    where role in ('inventory', 'in_transit') and batch_id is not null
    group by batch_id
),
booked as (
    select event_id, date from entries where event_id is not null
    union all
    select batches.event_id, entries.date
    from batches
    join entries using (batch_id)
    where batches.half = 'goods'
),
booked_goods as (
    select coalesce(costs.event_id, booked.event_id) as event_id, min(booked.date) as date
    from booked
    left join costs on booked.event_id = costs.cost_id and costs.type = 'vendor_bill'
    group by all
),
receipts as (
    select rows.event_id, rows.type, rows.position, rows.occurred_at, booked_goods.date as booked_on, bills.billed_on,
        coalesce(bills.po_id, rows.document) as po_id, coalesce(bills.currency, events.currency, settings.currency) as currency,
        case when rows.type = 'receipt'
            then coalesce(bills.amount, times(rows.priced_quantity, events.unit_cost))
            else 0 end as owed
    from stock_rows as rows
    join stock_events as events using (event_id)
    cross join settings
    left join bills using (event_id)
    left join booked_goods using (event_id)
    where rows.type in ('receipt', 'opening', 'assembly_in') and rows.owner = 'own'
)
select event_id, case when type = 'opening' then local_date(occurred_at) else booked_on end as valued_on,
    billed_on, po_id, currency, money(case when owed < 0 then 0 else owed end) as owed,
    money(coalesce(sum(greatest(owed, 0)) over (
        partition by po_id order by position rows between unbounded preceding and 1 preceding), 0)) as owed_before
from receipts

-- Every event and document that a ledger entry may name.
-- Grain: one row per key. ``order_id`` and ``document`` lead to it where the entry has only those; the document of a payment to a
-- vendor is its purchase order, that of a settlement its own number.
with stock as (
    select events.event_id, events.type as event_type, events.occurred_at, events.order_id, events.document, events.sku,
        events.system
    from stock_events as events
    cross join as_of
    cross join settings
    where occurred_at <= as_of.moment and (voided_at is null or voided_at > as_of.moment or knowledge = 'as_known')
),
keys as (
    from stock
    union all by name
    select refund_id as event_id, 'refund' as event_type, refunded_at as occurred_at, order_id, sku
    from refunds
    cross join as_of
    cross join settings
    where refunded_at <= as_of.moment and (voided_at is null or voided_at > as_of.moment or knowledge = 'as_known')
    union all by name
    select fee_id as event_id, 'fee' as event_type, charged_at as occurred_at, order_id, sku
    from fees
    cross join as_of
    cross join settings
    where charged_at <= as_of.moment and (voided_at is null or voided_at > as_of.moment or knowledge = 'as_known')
    union all by name
    select cost_id as event_id, type as event_type, effective_at as occurred_at, document, sku
    from costs
    cross join as_of
    where effective_at <= as_of.moment and (voided_at is null or voided_at > as_of.moment)
    union all by name
    select settlement_id as event_id, 'settlement' as event_type, paid_at as occurred_at, settlement_id as document
    from settlements
    cross join as_of
    where paid_at <= as_of.moment
    union all by name
    select payment_id as event_id, 'vendor_payment' as event_type, paid_at as occurred_at, po_id as document
    from vendor_payments
    cross join as_of
    where paid_at <= as_of.moment
    union all by name
    select event_id, event_type, min(timezone(settings.timezone, expected.date::timestamp)) as occurred_at,
        event_id as document
    from expected
    cross join settings
    where event_type = 'expected_returns'
    group by event_id, event_type
    union all by name
    select journal_id as event_id, 'accepted_entry' as event_type, min(posted_at) as occurred_at
    from recorded
    where journal_id in (select journal_id from accepted_entries)
    group by journal_id
)
select event_id, min(event_type) as event_type,
    string_agg(distinct event_type, ', ' order by event_type) as types, arg_min(occurred_at, event_type) as occurred_at,
    arg_min(order_id, event_type) as order_id, arg_min(document, event_type) as document, arg_min(sku, event_type) as sku,
    arg_min(system, event_type) as system
from keys
group by event_id

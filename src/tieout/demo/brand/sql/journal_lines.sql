-- The clean journal, but for accruals: what every event means, Dr and Cr, with the dimensions that each role carries.
-- Grain: one line of one event. Cents, debit +, credit -. ``known``: the amount as the books' costing system sees it, which
-- does not know of the flaws. ``happened_at``: when it counts. ``half``: goods, money, or the true-up of an estimate.
with sold as (
    select event_id, 'shipment' as event_type, 'money' as half, occurred_at as happened_at, order_id as document, sku,
        '' as location, channel, null as quantity, unnest([
            {'role': 'clearing', 'amount': revenue - discount + shipping + tax}, {'role': 'discounts', 'amount': discount},
            {'role': 'revenue', 'amount': -revenue}, {'role': 'shipping_income', 'amount': -shipping},
            {'role': 'tax', 'amount': -tax}
        ]) as line, channel as source
    from sales
),
refunded as (
    select refund_id, 'refund', 'money', refunded_at, order_id, sku, '', channel, null, unnest([
            {'role': 'returns', 'amount': amount}, {'role': 'tax', 'amount': tax}, {'role': 'clearing', 'amount': -amount - tax}
        ]) as line, channel
    from refunds
),
-- Goods: what is debited and what is credited, with the place of either.
issued as (
    select legs.event_id, 'shipment' as event_type, 'goods' as half, legs.occurred_at as happened_at,
        sales.order_id as document, legs.sku,
        legs.from_place as debited_at, legs.from_place as credited_at, sales.channel, legs.quantity, legs.value as amount,
        legs.known, 'cogs' as debit, 'inventory' as credit, sales.channel as source
    from legs
    join sales using (event_id)
    where legs.kind = 'shipment'
),
trued_up as (
    select legs.event_id, 'shipment', 'true-up', true_ups.covered_at, sales.order_id, legs.sku, legs.from_place, legs.from_place,
        sales.channel, null, true_ups.amount, true_ups.known, 'cogs', 'inventory', sales.channel
    from true_ups
    join legs on true_ups.leg = legs.number
    join sales using (event_id)
),
dropshipped as (
    select events.event_id, 'dropship', 'goods', events.occurred_at, events.order_id, events.sku, '', '', events.channel,
        events.quantity, events.quantity * events.unit_cost, events.quantity * events.unit_cost, 'cogs', 'payables',
        events.channel
    from stock_events as events
    where events.owner = 'dropship'
),
returned as (
    select legs.event_id, 'customer_return', 'goods', legs.occurred_at, events.document, legs.sku, legs.to_place, legs.to_place,
        events.channel, legs.quantity, legs.value, legs.known, if(legs.is_damaged, 'write_off', 'inventory'), 'cogs', 'wms'
    from legs
    join stock_events as events using (event_id)
    where legs.kind = 'customer_return'
),
moved as (
    select legs.event_id, 'transfer', 'goods', legs.occurred_at, events.document, legs.sku, legs.to_place, legs.from_place, null,
        legs.quantity, legs.value, legs.known, stock_role(legs.to_place), stock_role(legs.from_place), 'wms'
    from legs
    join stock_events as events using (event_id)
    where legs.kind = 'transfer'
),
brought as (
    select legs.event_id, legs.kind, 'goods', legs.occurred_at, events.document, legs.sku, legs.to_place, legs.to_place, null,
        legs.quantity, coalesce(receipts.own, legs.value),
        coalesce(receipts.own, legs.value) - coalesce(flaws.less, 0) + case legs.kind
            when 'opening' then coalesce(doubts.more, 0) else 0 end,
        'inventory', if(legs.kind = 'opening', 'other', 'grni'), 'wms'
    from legs
    join stock_events as events using (event_id)
    left join receipt_costs as receipts using (event_id)
    left join flaws on legs.event_id = flaws.document_id and flaws.cause = 'fx_rate'
    left join opening_doubts as doubts on legs.event_id = doubts.event_id
    where legs.kind in ('opening', 'receipt')
),
adjusted as (
    select legs.event_id, legs.kind, 'goods', legs.occurred_at, null, legs.sku, coalesce(from_place, to_place),
        coalesce(from_place, to_place), null, legs.quantity, legs.value, legs.known,
        case when from_place is null then 'inventory' when kind = 'write_off' then 'write_off' else 'shrinkage' end,
        if(from_place is null, 'shrinkage', 'inventory'), 'wms'
    from legs
    where legs.kind in ('count', 'adjustment', 'write_off')
),
sent_back as (
    select legs.event_id, 'vendor_return', 'goods', legs.occurred_at, null, legs.sku, legs.from_place, legs.from_place, null,
        legs.quantity, legs.value, legs.known, 'grni', 'inventory', 'wms'
    from legs
    where legs.kind = 'vendor_return'
),
billed_more as (
    select cost_id, 'vendor_bill', 'goods', occurred_at, cost_id, sku, location, location, null, null, more, more,
        'inventory', 'grni', 'purchasing'
    from receipt_costs
    where more <> 0
),
landed as (
    select cost_id, 'landed_cost', 'goods', shares.occurred_at, costs.document, shares.sku, shares.location, shares.location,
        null,
        null, shares.amount, shares.amount, 'inventory', 'landed_cost_clearing', 'purchasing'
    from freight_shares as shares
    join costs using (cost_id)
),
billed as (
    select cost_id, 'vendor_bill', 'goods', billed_at, cost_id, sku, location, '', null, null, billed, billed, 'grni',
        'payables', 'purchasing'
    from receipt_costs
    where cost_id is not null
),
exchanged as (
    select cost_id, 'vendor_bill', 'goods', billed_at, cost_id, sku, '', '', null, null, exchange_difference,
        exchange_difference, 'exchange_difference', 'payables', 'purchasing'
    from receipt_costs
    where exchange_difference <> 0
),
trucked as (
    select costs.cost_id, 'transfer_freight', 'goods', costs.effective_at, costs.document, costs.sku,
        coalesce(arrivals.to_location, 'ROAD'), '', null, null, costs.amount, costs.amount, 'freight', 'payables', 'purchasing'
    from costs
    left join stock_events as arrivals
        on costs.document = arrivals.document and costs.sku = arrivals.sku and arrivals.from_location = 'ROAD'
    where costs.type = 'transfer_freight'
),
paid as (
    select payment_id, 'vendor_payment', 'money', paid_at, po_id, '', '', '', null, null, converted(amount, rate),
        converted(amount, rate), if(is_prepayment, 'prepaid', 'payables'), 'cash', 'purchasing'
    from vendor_payments as payments
    join rates on payments.currency = rates.currency and day(payments.paid_at) = rates.rate_date
),
charged as (
    select fee_id, 'fee', 'money', charged_at, order_id, sku, '', '', channel, null, amount, amount, 'fees', 'clearing', channel
    from fees
),
paid_out as (
    select settlement_id, 'settlement', 'money', paid_at, settlement_id, '', '', '', channel, null, net, net, 'cash', 'clearing',
        channel
    from payouts
),
-- What the marketplace has paid for an item, so far as it exceeds what it has lost of it by then, at cost.
claims as (
    select payouts.settlement_id, payouts.channel, reimbursements.sku, posted_at, amount,
        sum(amount) over (partition by reimbursements.sku order by posted_at)
            - (select coalesce(sum(value), 0) from legs
                where legs.kind = 'adjustment' and legs.from_place = 'FBA' and legs.sku = reimbursements.sku
                    and legs.occurred_at <= reimbursements.posted_at) as beyond
    from reimbursements
    join payouts on reimbursements.channel = payouts.channel and posted_at between starts_at and ends_at
),
earned as (
    -- Once earned, it is not taken back by a later loss.
    select *, greatest(max(beyond) over (partition by sku order by posted_at), 0) as earned from claims
),
parted as (
    select *, earned - lag(earned, 1, 0) over (partition by sku order by posted_at) as gain from earned
),
compensated as (
    select settlement_id, 'settlement', 'money', posted_at, settlement_id, sku, '', '', channel, null, paid.amount, paid.amount,
        'clearing', paid.role, channel
    from parted
    cross join lateral (values (amount - gain, 'recoveries'), (gain, 'other_income')) as paid (amount, role)
),
pairs as (
    from issued union all from trued_up union all from dropshipped union all from returned union all from moved
    union all from brought union all from adjusted union all from sent_back union all from billed_more
    union all from landed union all from billed union all from exchanged union all from trucked union all from paid
    union all from charged union all from paid_out union all from compensated
),
assembled as (
    select products.event_id, 'assembly' as event_type, 'goods' as half, products.occurred_at as happened_at,
        products.event_id as document, unnest([
            {'role': 'inventory', 'sku': products.sku, 'quantity': products.quantity, 'amount': products.value,
                'known': products.known},
            {'role': 'labour_absorbed', 'sku': products.sku, 'quantity': null,
                'amount': -getvariable('labour') * products.quantity, 'known': -getvariable('labour') * products.quantity}
        ]) as line, products.to_place as location
    from legs as products
    where products.kind = 'assembly_in'
    union all
    select events.document, 'assembly', 'goods', products.occurred_at, events.document,
        {'role': 'inventory', 'sku': parts.sku, 'quantity': -parts.quantity, 'amount': -parts.value, 'known': -parts.known},
        parts.from_place
    from legs as parts
    join stock_events as events using (event_id)
    join stock_events as products on events.document = products.event_id
    where parts.kind = 'assembly_out'
),
lines as (
    select event_id, event_type, half, happened_at, document, line.role as role, sku, location, channel, quantity,
        line.amount as amount, line.amount as known, source
    from (from sold union all from refunded)
    where line.amount <> 0
    union all
    select event_id, event_type, half, happened_at, document, if(side = 1, debit, credit), sku,
        if(side = 1, debited_at, credited_at),
        channel, side * quantity, side * amount, side * known, source
    from pairs
    cross join (values (1), (-1)) as sides (side)
    where amount <> 0 or known <> 0
    union all
    select event_id, event_type, half, happened_at, document, line.role, line.sku, location, null, line.quantity, line.amount,
        line.known, 'wms'
    from assembled
)
select event_id, event_type, half, happened_at, day(happened_at) as date, document, role, sku_of(role, sku) as sku,
    location_of(role, location) as location, channel_of(role, channel) as channel,
    case when role in ('inventory', 'in_transit', 'cogs', 'write_off', 'shrinkage') and event_type <> 'dropship'
        or role = 'cogs' then quantity end::bigint as quantity,
    amount::bigint as amount, known::bigint as known, source
from lines

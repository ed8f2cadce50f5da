-- Everything known about one event, journal entry, correction, case or cause ($id), from the source row to the correction.
-- Grain: one row per fact. Functional currency, Dr + / Cr −. A cause shows its twenty largest events, a receipt (or a document
-- that adds to its cost) the twenty largest issues of its goods.
with of_cause as (
    select event_id
    from corrections
    where cause = $id
    group by event_id
    order by sum(abs(amount)) desc, event_id
    limit 20
),
events as (
    select $id as event_id
    union
    select event_id from linked_lines where journal_id = $id and event_id is not null
    union
    select event_id from corrections where $id in (correction_id, journal_id, case_id)
    union
    select event_id from event_keys where order_id = $id
    union
    -- What was put back twice for an oversold order belongs to its story.
    select event_id from corrections where origin_event_id = $id and $id in (select order_id from oversells)
    union
    from of_cause
),
journals as (
    select $id as journal_id
    union
    select journal_id from linked_lines semi join events using (event_id)
    union
    select journal_id from corrections semi join events using (event_id)
    union
    select journal_id from linked_lines where event_id is null and external_id = $id
),
sources as (
    select event_id, type || coalesce(' ' || document, '') as what, sku, coalesce(from_location || ' → ', '')
        || coalesce(to_location, '') as location, channel, local_date(occurred_at) as date, quantity, unit_cost as amount,
        currency, source_file, source_row
    from stock_events
    union all by name
    select order_id as event_id, 'ordered, line ' || line_no || case when cancelled_at is null then '' else ', cancelled '
        || local_date(cancelled_at) || coalesce(': ' || cancel_reason, '') end as what, sku, channel,
        local_date(ordered_at) as date, quantity, unit_price as amount, currency, source_file, source_row
    from order_lines
    union all by name
    select refund_id as event_id, 'refund of order ' || order_id as what, sku, channel, local_date(refunded_at) as date,
        quantity, amount, currency, source_file, source_row
    from refunds
    union all by name
    select fee_id as event_id, 'fee ' || type as what, sku, channel, local_date(charged_at) as date, amount, currency,
        source_file, source_row
    from fees
    union all by name
    select cost_id as event_id, type || coalesce(' of ' || event_id, '') as what, sku, local_date(effective_at) as date,
        quantity, coalesce(amount, unit_cost) as amount, currency, source_file, source_row
    from costs
    union all by name
    select settlement_id as event_id, 'payout' as what, channel, local_date(paid_at) as date, net as amount, currency,
        source_file, source_row
    from settlements
    union all by name
    select settlement_id as event_id, 'payout line ' || line_no || ' ' || type as what, sku, local_date(posted_at) as date,
        quantity, amount, source_file, source_row
    from settlement_lines
    union all by name
    select payment_id as event_id,
        case when is_prepayment then 'prepayment' else 'payment' end || coalesce(' for ' || coalesce(cost_id, po_id), '') as what,
        local_date(paid_at) as date, amount, currency, source_file, source_row
    from vendor_payments
    union all by name
    -- What stands behind an accrual of expected returns: the sales still open to return, and the rate.
    select 'expected returns ' || coalesce(channel || ' ', '') || period as event_id,
        'of sales still open to return, at ' || returned || ' / ' || sales as what, channel, end_date as date, sold as amount
    from expected_returns
),
takes as (
    -- What became of the goods of a receipt, asked for itself or by a document of it.
    select $id as event_id, issues.event_id as issue_id, issues.sku, issues.location, issues.quantity, issues.amount
    from layer_issues as issues
    where issues.receipt_event_id = $id
        or issues.receipt_event_id in (select event_id from cost_documents where cost_id = $id)
    union all
    select $id, null, sku, location, quantity, amount
    from layers
    where receipt_event_id = $id or receipt_event_id in (select event_id from cost_documents where cost_id = $id)
),
sent as (
    select event_id, sku, sum(quantity) as quantity, sum(amount) as amount
    from valued_legs
    where type = 'shipment' and operation = 'out'
    group by all
),
facts as (
    -- What a document in another currency says is in that currency.
    select 1 as place, 'source row' as section, event_id,
        what || case when amount is null then '' else coalesce(' in ' || nullif(sources.currency, settings.currency), '') end
            as what, sku, location, channel, date, quantity, amount,
        source_file || ':' || source_row as source
    from sources
    semi join events using (event_id)
    cross join settings
    union all by name
    select 2 as place, 'order line' as section, rows.event_id, 'order ' || lines.order_id || ' line ' || lines.line_no as what,
        lines.sku, lines.channel, local_date(lines.ordered_at) as date, lines.quantity, lines.unit_price as amount,
        lines.source_file || ':' || lines.source_row as source
    from order_lines as lines
    join stock_rows as rows using (order_id, line_no)
    semi join events using (event_id)
    union all by name
    select 3 as place, 'cost layer' as section, event_id, 'taken from ' || coalesce(receipt_event_id, 'the pool') as what, sku,
        location, quantity, amount
    from layer_issues
    semi join events using (event_id)
    union all by name
    select 3 as place, 'return' as section, legs.event_id,
        case when sent.event_id is null then 'takes back nothing that is known: at current cost'
            else 'takes back ' || sent.event_id || ', which took ' || sent.quantity || ' for ' || sent.amount end as what,
        legs.sku, legs.to_location as location, legs.quantity, legs.amount
    from valued_legs as legs
    semi join events using (event_id)
    left join sent on legs.source_event_id = sent.event_id and legs.sku = sent.sku
    where legs.type = 'customer_return' and legs.operation = 'return'
    union all by name
    select 3 as place, 'cost split' as section, cost_id as event_id,
        role || case when role in ('inventory', 'in_transit') then ': with the goods'
            else ': no longer with the goods' end as what,
        sku, location, date, amount
    from cost_placements
    where cost_id in (from events)
    union all by name
    (
        select 3 as place, 'goods' as section, event_id,
            coalesce('taken by ' || issue_id, 'still there') as what, sku, location, quantity, amount
        from takes
        order by issue_id is null desc, amount desc, issue_id
        limit 20
    )
    union all by name
    select 2 as place, 'oversold' as section, order_id as event_id,
        quantity || ' ordered, ' || on_hand || ' there, ' || promised || ' promised before: lost demand' as what, sku, channel,
        local_date(ordered_at) as date, lost_demand as quantity
    from oversells
    where order_id = $id
    union all by name
    select 4 as place, 'stock' as section, event_id,
        'leaves ' || quantity_after || ' worth ' || amount_after || ' there' as what, sku, location, quantity, amount
    from valued_events
    semi join events using (event_id)
    union all by name
    select 5 as place, 'true-up' as section, event_id, 'covered by ' || covering_event_id as what, sku,
        from_location as location, date, quantity, amount
    from true_ups
    semi join events using (event_id)
    union all by name
    select 6 as place, 'expected' as section, event_id, role as what, sku, location, channel, date, quantity, amount
    from expected
    semi join events using (event_id)
    union all by name
    select 7 as place, 'recorded' as section, coalesce(lines.event_id, lines.external_id) as event_id,
        lines.role || ' in ' || lines.journal_id as what, lines.sku,
        lines.location, lines.channel, lines.date, lines.quantity, lines.amount,
        gl_lines.source_file || ':' || gl_lines.source_row as source
    from linked_lines as lines
    semi join journals using (journal_id)
    left join gl_lines using (journal_id, line_no)
    union all by name
    select 8 as place, 'correction' as section, event_id,
        role || ': ' || cause || ' (' || evidence || ', ' || timing || ')' as what, sku, location, channel, date, quantity,
        amount, correction_id as source
    from corrections
    semi join events using (event_id)
    union all by name
    select 9 as place, 'finding' as section, id as event_id, finding || ': ' || message as what, quantity, amount
    from findings
    where id in (from events)
    union all by name
    select 0 as place, 'cause' as section, title || ': ' || sentence as what from causes where cause = $id
)
select section, event_id, what, sku, location, channel, date, quantity, amount, source
from facts
order by event_id nulls first, place, date, what, sku, location, channel, amount

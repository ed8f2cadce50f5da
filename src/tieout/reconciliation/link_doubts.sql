-- What absences and orphans may have been, where the data cannot tell: which causes their lines may have.
-- Grain: one row per half of an entry without an event (``journal_id``), or of an event without an entry (``event_id``). An entry that equals several
-- events without one, or whose event equals several entries, is late or an orphan, and its event booked late or never; one that
-- equals only events that have theirs is a copy of it or an orphan.
with doubtful as (
    select alike.*, keys.event_type,
        case when event_type in ('customer_return', 'refund') then 'return_lag'
            when event_type = 'receipt' then 'receipt_not_accrued'
            when event_type <> 'shipment' then 'late_posting'
            when half = 'goods' then 'cogs_lag' else 'revenue_lag' end as late,
        case event_type when 'customer_return' then 'return_cogs_not_reversed' when 'refund' then 'refund_not_posted'
            when 'receipt' then 'receipt_not_accrued' when 'vendor_return' then 'vendor_return_unposted'
            when 'fee' then 'fee_unposted_or_misplaced' when 'write_off' then 'damage_unposted'
            when 'transfer' then 'transfer_invisible' when 'count' then 'adjustment_unposted'
            when 'adjustment' then 'adjustment_unposted'
            when 'shipment' then case when half = 'goods' then 'missing_cogs' else 'missing_revenue' end end as missing
    from alike
    join event_keys as keys using (event_id)
    where (journal_id, half) not in (select (journal_id, half) from alike where is_unique)
),
absent as (
    select unit_id, period, role, amount
    from differences
    join event_keys as keys on differences.unit_id = keys.event_id
    where step = 'existence' and half = 'goods' and keys.event_type = 'shipment'
),
monthly as (
    -- One entry with the cost of all sales of a period that have none: costs booked by the month, or an orphan.
    select journal_id, period
    from (
        select journal_id, period, role, sum(amount) as amount
        from differences
        where step = 'orphan' and half = 'goods'
        group by all
    ) as orphans
    left join (
        select period, role, sum(amount) as amount from absent group by all having count(distinct unit_id) > 1
    ) as absences using (period, role)
    group by all
    having bool_and(coalesce(orphans.amount = -absences.amount, false))
),
counterparts as (
    -- As many short at one place as there are too many at another, counted on one day: lost and found, or moved unseen.
    select rows.event_id
    from stock_rows as rows
    join stock_rows as others
        on rows.sku = others.sku and rows.quantity = others.quantity and rows.date = others.date
        and coalesce(rows.ships_from, others.ships_from) <> coalesce(rows.arrives_at, others.arrives_at)
        and (rows.ships_from is null) <> (others.ships_from is null)
    where rows.event_id in (select unit_id from differences where step = 'existence')
        and others.event_id in (select unit_id from differences where step = 'existence')
        and rows.type in ('count', 'adjustment') and others.type in ('count', 'adjustment')
        and rows.document is null and others.document is null
),
named as (
    select journal_id, null as event_id, half, late as cause from doubtful where not is_booked
    union all
    select journal_id, null, half, 'orphan_connector_entry' from doubtful
    union all
    select journal_id, null, half, 'duplicate_posting' from doubtful where is_booked
    union all
    select null, event_id, half, unnest([late, missing]) from doubtful where not is_booked
    union all
    select journal_id, null, 'goods', unnest(['accepted_policy_difference', 'orphan_connector_entry']) from monthly
    union all
    select null, absent.unit_id, 'goods', unnest(['accepted_policy_difference', 'missing_cogs'])
    from absent
    semi join monthly using (period)
    union all
    select null, event_id, 'goods', unnest(['adjustment_unposted', 'transfer_invisible']) from counterparts
)
select journal_id, event_id, half, list(distinct cause order by cause) as candidates
from named
where cause is not null
group by journal_id, event_id, half

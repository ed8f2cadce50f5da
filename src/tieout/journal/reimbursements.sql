-- What channels paid for goods that they lost: a recovery of the loss, as far as earlier payments for the item have not recovered
-- it yet; the rest is other income. Where no loss of the item is known by then, nor is what exceeds it. A payment that is
-- taken back takes other income first. A loss that is booked later does not restate an earlier payment.
-- Grain: one row per settlement line of type reimbursement; functional currency. ``recovery`` + ``excess`` is what was paid.
-- Without an item, or an account for other income, all of it is a recovery.
with recursive paid as (
    select lines.settlement_id, lines.line_no, settlements.channel, lines.sku, lines.amount,
        coalesce(lines.posted_at, settlements.paid_at) as counts_at, local_date(counts_at) as date,
        coalesce(settlements.currency, settings.currency) as currency,
        lines.sku is not null and 'other_income' in (select role from accounts) as is_split
    from settlement_lines as lines
    join settlements using (settlement_id)
    cross join as_of
    cross join settings
    where lines.type = 'reimbursement' and counts_at <= as_of.moment
),
converted as (
    select paid.* exclude (amount, currency), money(converted(paid.amount, rates.rate)) as amount
    from paid
    asof join rates on paid.currency = rates.currency and paid.date >= rates.rate_date
),
losses as (
    -- Written off, adjusted or counted away, less what was found again. A marketplace answers for its own places and the way to
    -- them; a company that has none of them tells no place apart.
    select rows.sku, lines.date, sum(lines.amount) as amount
    from (
        from posted where rule in ('write_off', 'stock_adjustment', 'damage', 'true_up')
        union all by name from post_void
    ) as lines
    join stock_rows as rows using (event_id)
    left join locations on coalesce(rows.ships_from, rows.arrives_at) = locations.location
    where lines.role in ('write_off', 'shrinkage')
        and rows.type in ('write_off', 'adjustment', 'count', 'status_change', 'transfer')
        and (locations.type in ('fba', 'transit') or 'fba' not in (select type from locations where type is not null))
    group by rows.sku, lines.date
),
lost as (
    select sku, date, sum(amount) over (partition by sku order by date) as lost from losses
),
numbered as (
    select converted.*, lost.lost,
        row_number() over (partition by converted.sku order by counts_at, settlement_id, line_no) as number
    from converted
    asof left join lost on converted.sku = lost.sku and converted.date >= lost.date
    where is_split
),
walk as (
    -- ``recovered``, ``earned``: of all payments for the item up to this one.
    select distinct sku, 0::bigint as number, 0::decimal(38, 4) as recovered, 0::decimal(38, 4) as earned from numbered
    union all
    select sku, numbered.number, recovered + amount - excess, earned + excess
    from walk
    join numbered using (sku)
    cross join lateral (
        select case when amount < 0 then greatest(amount, -earned)
            when lost is null then 0
            else greatest(amount - greatest(lost - recovered, 0), 0) end as excess
    )
    where numbered.number = walk.number + 1
)
select settlement_id, line_no, channel, sku, date, amount - excess as recovery, excess
from (
    select numbered.*, earned - lag(earned) over (partition by sku order by number) as excess
    from walk
    left join numbered using (sku, number)
    union all by name
    select *, 0 as excess from converted where not is_split
)
where settlement_id is not null

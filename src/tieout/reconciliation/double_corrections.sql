-- Entries without an event that put goods back for an oversold order whose goods had been put back already.
-- An entry is for an order that it names, by its id or in its memo; else for one of the same item and quantity (or of what the
-- order had taken from stock), from the order until thirty days after its cancellation. What an order got back counts in this
-- order: its own entries against cost of sales, its other own, those whose memo names it, those that are only alike; then as
-- posted. Beyond what had been taken, it is one too many.
-- Grain: one row per entry. ``is_named``: it names the order.
with goods as (
    select sides.unit_id, sides.journal_id, min(sides.date) as date,
        sum(case when sides.role = 'inventory' then sides.amount else 0 end) as stock,
        sum(case when sides.role = 'inventory' then sides.quantity end) as quantity,
        bool_or(sides.role = 'cogs') as is_reversal,
        case when count(distinct sides.sku) = 1 then min(sides.sku) end as sku
    from sides
    join roles using (role)
    where sides.side = 'recorded' and sides.unit_kind = 'orphan' and sides.half = 'goods'
    group by all
    having sum(sides.amount) = 0 and bool_and(sides.role = 'inventory' or roles.is_profit)
),
taken as (
    select unit_id as order_id, -sum(stock) as amount
    from goods
    where stock < 0 and unit_id in (select order_id from unshipped_orders where is_oversold)
    group by unit_id
),
orders as (
    select lines.order_id, lines.sku, lines.quantity, taken.amount as taken, local_date(lines.ordered_at) as ordered_on,
        local_date(lines.cancelled_at) as cancelled_on
    from order_lines as lines
    join taken using (order_id)
    anti join stock_rows as shipped
        on lines.order_id = shipped.order_id and lines.sku = shipped.sku and shipped.type = 'shipment'
),
put_back as (
    select goods.*, posted.posted_at, posted.memo
    from goods
    join (
        select journal_id, min(posted_at) as posted_at, string_agg(distinct memo, ' ' order by memo) as memo
        from gl_lines
        group by journal_id
    ) as posted using (journal_id)
    where goods.stock > 0
),
words as (
    select journal_id, unnest(regexp_extract_all(memo, '[[:alnum:]][[:alnum:]_:#.-]*[[:alnum:]]')) as word from put_back
),
found as (
    select journal_id, unit_id as order_id, case when is_reversal then 1 else 2 end as rank
    from put_back
    where unit_id in (select order_id from taken)
    union all
    select words.journal_id, taken.order_id, 3 from words join taken on words.word = taken.order_id
    union all
    select put_back.journal_id, orders.order_id, 4
    from put_back
    join orders using (sku)
    where (put_back.quantity = orders.quantity or put_back.stock = orders.taken)
        and put_back.date between orders.ordered_on and orders.cancelled_on + 30
),
nearest as (
    -- Each entry is for one order, and an order has one that is only alike.
    select found.journal_id, found.order_id, found.rank, put_back.unit_id, put_back.stock, put_back.posted_at
    from found
    join put_back using (journal_id)
    join orders using (order_id)
    qualify row_number() over (
            partition by journal_id order by rank, abs(date_diff('day', cancelled_on, date)), order_id) = 1
),
counted as (
    select nearest.*, taken.amount as taken,
        coalesce(sum(stock) over (
            partition by order_id order by rank, posted_at, journal_id rows between unbounded preceding and 1 preceding
        ), 0) as put_back_before
    from nearest
    join taken using (order_id)
    qualify rank < 4 or row_number() over (partition by order_id, rank order by posted_at, journal_id) = 1
)
select unit_id, journal_id, order_id, rank < 4 as is_named
from counted
where put_back_before >= taken

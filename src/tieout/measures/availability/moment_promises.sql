-- What customers had ordered and not been sent.
-- Grain: one row per moment of ``stock_moments`` and sku with open orders. Units; a virtual kit as its components in force
-- when it was ordered. An order line is open from ordered_at until its goods left or it was cancelled; a shipment that names
-- no line sends all.
with recursive virtual_kits as (
    select sku from items where kit_type = 'virtual'
),
sent as (
    select order_id, line_no, occurred_at, sum(quantity) as quantity
    from stock_rows
    where type = 'shipment' and order_id is not null
    group by all
),
sent_in_all as (
    select order_id, line_no, min(occurred_at) as first_at, max(occurred_at) as last_at, sum(quantity) as quantity
    from sent
    group by all
),
lines as (
    -- Only those that are open at a moment that is looked at.
    select lines.order_id, lines.line_no, lines.sku, lines.quantity, lines.ordered_at, lines.cancelled_at
    from order_lines as lines
    asof join (select distinct taken_at from stock_moments) as moments on lines.ordered_at <= moments.taken_at
    left join sent_in_all as own on lines.order_id = own.order_id and lines.line_no = own.line_no
    left join sent_in_all as whole on lines.order_id = whole.order_id and whole.line_no is null
    where moments.taken_at < coalesce(
        least(case when own.quantity >= lines.quantity then own.last_at end, whole.first_at, lines.cancelled_at), 'infinity'
    )
),
leaving as (
    select lines.order_id, lines.line_no, lines.sku, lines.ordered_at, lines.quantity as ordered, sent.occurred_at as moment,
        coalesce(case when sent.line_no is not null then sent.quantity end, lines.quantity) as quantity
    from lines
    join sent on lines.order_id = sent.order_id and lines.line_no = coalesce(sent.line_no, lines.line_no)
    where sent.occurred_at < coalesce(lines.cancelled_at, 'infinity')
    union all
    select order_id, line_no, sku, ordered_at, quantity, cancelled_at, quantity from lines where cancelled_at is not null
),
changes as (
    select order_id, line_no, sku, ordered_at, ordered_at as moment, quantity from lines
    union all
    select order_id, line_no, sku, ordered_at, moment,
        (least(ordered, sum(quantity) over so_far - quantity) - least(ordered, sum(quantity) over so_far))::decimal(18, 4)
    from leaving
    window so_far as (partition by order_id, line_no order by moment rows between unbounded preceding and current row)
),
opened as (
    select sku, ordered_at, moment, quantity, 1 as depth from changes semi join virtual_kits using (sku)
    union all
    select parts.component_sku, opened.ordered_at, opened.moment,
        share_of_quantity(opened.quantity, parts.quantity, coalesce(parts.per, 1)), opened.depth + 1
    from opened
    semi join virtual_kits using (sku)
    join kit_components as parts
        on opened.sku = parts.kit_sku
        and (parts.valid_from is null or parts.valid_from <= opened.ordered_at)
        and (parts.valid_to is null or opened.ordered_at < parts.valid_to)
    where opened.depth < 20
),
of_items as (
    select sku, moment, quantity from changes
    union all
    select sku, moment, quantity from opened where depth > 1
),
balances as (
    select sku, moment, sum(sum(quantity)) over (partition by sku order by moment)::decimal(18, 4) as quantity
    from of_items
    group by sku, moment
)
select moments.taken_at, moments.sku, balances.quantity
from stock_moments as moments
asof join balances on moments.sku = balances.sku and moments.taken_at >= balances.moment
where balances.quantity > 0

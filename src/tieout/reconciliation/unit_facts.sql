-- What is known of each differing event as a whole.
-- Grain: one row per event. ``own_tax``: what it should have billed for us; ``channel_tax``: what its channel collected, or gave
-- back; ``lacks_true_up``: the ledger lacks exactly what the event proved to cost more; ``is_booked_at_zero``: all of its goods;
-- ``is_other_bom``: its components are those of another version.
with differing_units as (
    select distinct unit_id from differing where unit_kind = 'event'
),
books as (
    select unit_id,
        list(distinct role order by role) filter (where side = 'recorded') as recorded_roles,
        list(distinct role order by role) filter (where side = 'expected') as expected_roles,
        sum(case when role not in ('inventory', 'in_transit') then 0 when side = 'expected' then amount else -amount end)
            as stock_difference,
        sum(case when role in ('inventory', 'in_transit') and side = 'recorded' then amount else 0 end) as booked_stock,
        sum(case when role in ('inventory', 'in_transit') and side = 'expected' then amount else 0 end) as wanted_stock,
        abs(sum(case when side = 'expected' and role = 'tax' then amount else 0 end)) as own_tax,
        bool_and(amount = 0) filter (where side = 'recorded' and half = 'goods') as is_booked_at_zero
    from sides
    semi join differing_units using (unit_id)
    where unit_kind = 'event'
    group by unit_id
),
later as (
    select booked_under as unit_id, -sum(amount) as amount from true_ups where operation = 'out' group by booked_under
),
versions as (
    select distinct kit_sku, valid_from as moment from kit_components
),
boms as (
    select versions.kit_sku, versions.moment,
        list({'sku': parts.component_sku, 'quantity': parts.quantity, 'per': coalesce(parts.per, 1)}
            order by parts.component_sku) as parts
    from versions
    join kit_components as parts
        on versions.kit_sku = parts.kit_sku
        and (parts.valid_from is null or parts.valid_from <= coalesce(versions.moment, '1900-01-01'))
        and (parts.valid_to is null or coalesce(versions.moment, '1900-01-01') < parts.valid_to)
    group by all
),
booked_parts as (
    select unit_id, list({'sku': sku, 'quantity': quantity} order by sku) as parts
    from (
        select unit_id, sku, abs(sum(quantity))::decimal(18, 4) as quantity
        from sides
        semi join differing_units using (unit_id)
        where side = 'recorded' and unit_kind = 'event' and role = 'inventory' and unit_id in (select event_id from kit_parts)
        group by all
    )
    group by unit_id
),
parts_in_force as (
    select event_id as unit_id, list({'sku': sku, 'quantity': quantity} order by sku) as parts
    from kit_parts
    where event_id in (select unit_id from booked_parts)
    group by event_id
),
other_boms as (
    select distinct booked_parts.unit_id
    from booked_parts
    join parts_in_force on booked_parts.unit_id = parts_in_force.unit_id and booked_parts.parts <> parts_in_force.parts
    join stock_rows as rows on booked_parts.unit_id = rows.event_id
    join boms on rows.sku = boms.kit_sku
    where booked_parts.parts = list_transform(
        boms.parts,
        lambda part: {'sku': part.sku, 'quantity': share_of_quantity(rows.quantity, part.quantity, part.per)})
),
channel_tax as (
    select rows.event_id as unit_id,
        share_of_money(money(converted(lines.tax, 1)), least(rows.quantity, lines.quantity), lines.quantity) as tax
    from stock_rows as rows
    join order_lines as lines using (order_id, line_no)
    where rows.type = 'shipment' and lines.tax_collected_by = 'channel' and lines.tax <> 0
    union all
    select refund_id, money(converted(any_value(refunds.tax), 1))
    from refunds
    join order_lines as lines
        on refunds.order_id = lines.order_id and (refunds.line_no is null or refunds.line_no = lines.line_no)
    where refunds.tax <> 0
    group by refund_id
    having bool_and(coalesce(lines.tax_collected_by = 'channel', false))
),
sent as (
    select external_id as unit_id, list(distinct abs(amount) order by abs(amount)) as amounts
    from connector_messages
    where amount is not null
    group by external_id
),
gone as (
    select distinct external_id, document, sku from gl_lines cross join as_of where deleted_at <= as_of.moment
),
deleted as (
    -- By the key, or by the number and the item.
    select external_id as unit_id from gone where external_id is not null
    union
    select event_id
    from gone
    join event_numbers as keys on gone.document = keys.number and gone.sku = keys.sku and keys.kind <> 'key'
    where external_id is null
),
bills as (
    select event_id as unit_id, list(distinct date order by date) as dates from cost_documents where type = 'vendor_bill'
    group by event_id
)
select
    unit_id, recorded_roles, expected_roles, own_tax, channel_tax.tax as channel_tax,
    coalesce(later.amount <> 0 and stock_difference = later.amount, false) as lacks_true_up,
    booked_stock = wanted_stock and booked_stock <> 0 as is_stock_total_right, is_booked_at_zero,
    other_boms.unit_id is not null as is_other_bom, sent.amounts as sent_amounts, deleted.unit_id is not null as was_deleted,
    bills.dates as bill_dates
from (
    select unit_id from differing_units
) as units
left join books using (unit_id)
left join later using (unit_id)
left join other_boms using (unit_id)
left join channel_tax using (unit_id)
left join sent using (unit_id)
left join deleted using (unit_id)
left join bills using (unit_id)

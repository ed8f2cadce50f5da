-- How stock came from one period's end to the next: opening + every movement = closing, in units and in money, for each
-- row.
-- Grain: one row per period, sku, location and book that had stock or moved it. In positive, out negative; functional
-- currency; goods in transit count. ``closing`` is that of ``inventory``. ``brought_forward``: opening stock of the
-- history; ``returned_to_vendors`` and ``returned_by_customers``; ``used_in_assemblies``: components; ``adjusted``:
-- adjustments and counts; ``revalued``: bills, freight and other cost documents; ``other``: manual entries, batches,
-- withdrawn events, and what names no stock event.
with both_ways (event_type, incoming, outgoing) as (
    values ('transfer', 'transferred_in', 'transferred_out'), ('assembly', 'assembled', 'used_in_assemblies'),
        ('assembly_in', 'assembled', 'used_in_assemblies'), ('assembly_out', 'assembled', 'used_in_assemblies')
),
one_way (event_type, movement) as (
    values ('opening', 'brought_forward'), ('receipt', 'received'), ('vendor_return', 'returned_to_vendors'),
        ('customer_return', 'returned_by_customers'), ('refund', 'returned_by_customers'), ('shipment', 'sold'),
        ('adjustment', 'adjusted'), ('count', 'adjusted'), ('write_off', 'written_off'), ('status_change', 'written_off'),
        ('vendor_bill', 'revalued'), ('landed_cost', 'revalued'), ('transfer_freight', 'revalued'),
        ('standard_cost', 'revalued'), ('revaluation', 'revalued')
),
shifts as (
    select event_id, event_type from event_keys semi join both_ways using (event_type)
),
recorded_lines as (
    select event_id, event_type, role, period, lines.sku, location, quantity, amount
    from booked_lines as lines
    join shifts using (event_id)
    where role in ('inventory', 'in_transit')
),
lines as (
    select 'recorded' as book, * from recorded_lines
    union all
    select 'corrected', * from recorded_lines
    union all
    select 'corrected', event_id, event_type, role, period, sku, location, quantity, amount
    from corrections
    semi join both_ways using (event_type)
    where role in ('inventory', 'in_transit') and evidence in ('A', 'B', 'C')
    union all
    select 'expected', event_id, event_type, role, period, sku, location, quantity, amount
    from expected
    semi join both_ways using (event_type)
    where role in ('inventory', 'in_transit')
),
directed as (
    -- Which way the goods of an event went is seen event by event: in a book's total the ways cancel.
    select book, event_type, period, sku, location, sum(quantity) as quantity, sum(amount) as amount,
        coalesce(nullif(sum(quantity), 0), sum(amount)) > 0 as is_incoming
    from lines
    group by book, event_id, event_type, role, period, sku, location
),
movements as (
    select book, period, sku, location, case when is_incoming then incoming else outgoing end as movement, quantity, amount
    from directed
    join both_ways using (event_type)
    union all
    select book, period, sku, location, coalesce(movement, 'other'), quantity, amount
    from book_totals
    left join one_way using (event_type)
    where role in ('inventory', 'in_transit') and book <> 'first_reported'
        and coalesce(event_type, '') not in (select event_type from both_ways)
),
totals as (
    select book, period, sku, location, movement, sum(quantity)::decimal(18, 4) as quantity, money(sum(amount)) as amount
    from movements
    group by all
),
moved as (
    pivot totals
    on movement in (
        'brought_forward', 'received', 'returned_to_vendors', 'returned_by_customers', 'transferred_in', 'transferred_out',
        'sold',
        'assembled', 'used_in_assemblies', 'adjusted', 'written_off', 'revalued', 'other')
    using any_value(quantity) as quantity, any_value(amount) as amount
    group by book, period, sku, location
),
balances as (
    select *,
        coalesce(lag(quantity) over earlier, 0) as opening_quantity, coalesce(lag(amount) over earlier, 0) as opening_amount
    from inventory
    join periods using (period)
    window earlier as (partition by book, sku, location order by number)
)
select balances.period, balances.sku, balances.location, balances.book,
    opening_quantity::decimal(18, 4) as opening_quantity, money(opening_amount) as opening_amount,
    coalesce(columns(moved.* exclude (book, period, sku, location)), 0),
    balances.quantity as closing_quantity, balances.amount as closing_amount
from balances
left join moved
    on balances.book = moved.book and balances.period = moved.period and balances.sku is not distinct from moved.sku
    and balances.location is not distinct from moved.location
where opening_quantity <> 0 or opening_amount <> 0 or balances.quantity <> 0 or balances.amount <> 0 or moved.book is not null
order by balances.number, balances.sku, balances.location, array_position(['recorded', 'corrected', 'expected'], balances.book)

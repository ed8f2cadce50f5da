-- Each event beside the ledger: when its lines are due, and the first entry that stands, its own or the one for many events.
-- Grain: one row per event and half (money, goods) that is due or booked. ``due_date``, ``due_period``: of its revenue or cost of
-- sales, else of its first line; ``date``, ``period``: the entry's accounting date; ``system``: who posted it; ``is_summed``: it
-- is for many. Functional currency, as it should be: ``debits``; ``revenue`` (less discounts and returns, with shipping) and
-- ``cogs``, positive in the sense of the name, blank where there is none.
with due as (
    select event_id, roles.half,
        coalesce(min(date) filter (where is_sale), min(date)) as due_date,
        coalesce(arg_min(period, date) filter (where is_sale), arg_min(period, date)) as due_period,
        sum(greatest(amount, 0)) as debits, -sum(amount) filter (where is_sale and roles.half = 'money') as revenue,
        sum(amount) filter (where role = 'cogs') as cogs
    from expected
    join (
        select role, half, is_gross_profit(role) as is_sale from roles
    ) as roles using (role)
    group by all
),
lines as (
    select journal_id, lines.half, date, period, posted_at, source,
        coalesce(lines.batch_id, batches.batch_id, lines.event_id) as unit_id,
        coalesce(lines.batch_id, batches.batch_id) is not null as is_summed
    from linked_lines as lines
    left join batches on lines.event_id = batches.event_id and lines.half = batches.half
    where lines.event_id is not null or lines.batch_id is not null
),
entries as (
    select unit_id, half, is_summed, min(date) as date, arg_min(period, date) as period, min(posted_at) as posted_at,
        min(source) as system
    from lines
    anti join (from fates where fate <> 'kept') as gone using (unit_id, half, journal_id)
    group by all
),
booked as (
    select unit_id as event_id, half, is_summed, date, period, posted_at, system from entries where not is_summed
    union all
    select batches.event_id, entries.half, is_summed, date, period, posted_at, system
    from entries
    join batches on entries.is_summed and entries.unit_id = batches.batch_id and entries.half = batches.half
)
select event_id, half, due_date, due_period, debits, revenue, cogs, date, period, posted_at, system,
    coalesce(is_summed, false) as is_summed
from due
full join booked using (event_id, half)

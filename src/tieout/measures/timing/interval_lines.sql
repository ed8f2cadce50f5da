-- What posting at an interval does to the journal: interval − expected.
-- Grain: one row per interval, event, period, role and effect. Functional currency, Dr + / Cr −. ``effect`` moved: a line of the
-- expected book whose interval closes in a later period stands there; revalued: what a sale or return costs in the order of
-- posting (posting_amounts), less what it costs in the order of events, where the sale is posted. A line's moment is the one of
-- its event, order, delivery, withdrawal or receipt that its date is of; where none is known, the day's beginning. Entries of the
-- close itself, and accepted ones, stay. What closes after the last date of the company stays in its period.
with moments as (
    select event_id, occurred_at as moment from event_keys
    union all
    select event_id, unnest([delivered_at, voided_at]) from stock_rows
    union all
    select rows.event_id, orders.ordered_at
    from stock_rows as rows
    join order_lines as orders on rows.order_id = orders.order_id and rows.line_no = orders.line_no
    where rows.type = 'shipment'
    union all
    select costs.cost_id, receipts.occurred_at
    from costs
    join event_keys as receipts on costs.event_id = receipts.event_id
),
last_lines as (
    -- Only what happens in a period's last week can leave it.
    select expected.event_id, expected.period, expected.role, expected.date, sum(expected.amount) as amount
    from expected
    join periods using (period)
    where expected.date > periods.end_date - 7 and expected.event_type not in ('expected_returns', 'accepted_entry')
    group by all
),
timed as (
    select lines.*, coalesce(moments.moment, earlier_in_overlap(timezone(settings.timezone, lines.date::timestamp))) as moment
    from last_lines as lines
    cross join settings
    left join (
        select moments.event_id, local_date(moment) as date, max(moment) as moment
        from moments
        semi join last_lines using (event_id)
        where moment is not null
        group by all
    ) as moments using (event_id, date)
),
moved as (
    select intervals.minutes, timed.event_id, timed.period, days.period as period_to, timed.role, timed.amount
    from timed
    cross join posting_intervals as intervals
    join days on posting_close(timed.moment, intervals.minutes)::date = days.date
    where days.period <> timed.period
),
revalued as (
    select posting.minutes, legs.booked_under as event_id, legs.replayed_at, legs.date,
        case when legs.type = 'shipment' then 1 else -1 end * (from_minor_units(posting.amount) - legs.amount
            + case when settings.negative_stock = 'true_up'
                then from_minor_units(posting.trued_up) - coalesce(ups.amount, 0) else 0 end) as amount
    from posting_amounts as posting
    join valued_legs as legs using (row)
    cross join settings
    left join (select event_id, leg, sum(amount) as amount from true_ups group by all) as ups
        on legs.event_id = ups.event_id and legs.leg = ups.leg
    where legs.after = 0 and legs.void_of is null
        and (legs.type = 'shipment' and legs.operation = 'out' or legs.type = 'customer_return' and legs.operation = 'return')
),
changes as (
    select minutes, event_id, period, role, 'moved' as effect, -amount as amount from moved
    union all
    select minutes, event_id, period_to, role, 'moved', amount from moved
    union all
    select minutes, event_id, coalesce(closing.period, own.period), sides.role, 'revalued', sides.side * amount
    from revalued
    join days as own on revalued.date = own.date
    left join days as closing on posting_close(revalued.replayed_at, minutes)::date = closing.date
    cross join (values ('cogs', 1), ('inventory', -1)) as sides (role, side)
    where amount <> 0
)
select minutes, event_id, period, role, effect, money(sum(amount)) as amount
from changes
group by all
having sum(amount) <> 0

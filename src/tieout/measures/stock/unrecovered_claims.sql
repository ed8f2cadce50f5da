-- Goods lost or damaged in a marketplace's hands, and what it has not made good yet.
-- Grain: one row per event that took stock from a location of type fba (adjustment, count, write-off), at "now". Functional
-- currency, at what the goods cost.  ``recovered_quantity``: units of the item's reimbursement lines, the oldest loss
-- first; a line without units counts for one.  ``unrecovered_amount``: cost of the units that are left; ``age``: days
-- since; ``bucket``: 0–30, 31–60, 61–90, over 90.
with losses as (
    select legs.booked_under as event_id, legs.type, legs.sku, legs.from_location as location, min(legs.date) as date,
        min(legs.row) as row, sum(legs.quantity) as quantity, sum(legs.amount) as amount
    from valued_legs as legs
    join locations on legs.from_location = locations.location and locations.type = 'fba'
    where legs.type in ('adjustment', 'count', 'write_off') and legs.operation = 'out' and legs.after = 0
    group by all
),
reimbursed as (
    select lines.sku, sum(coalesce(lines.quantity, 1)) as quantity
    from settlement_lines as lines
    join settlements using (settlement_id)
    cross join as_of
    where lines.type = 'reimbursement' and coalesce(lines.posted_at, settlements.paid_at) <= as_of.moment
    group by lines.sku
),
made_good as (
    select losses.*,
        coalesce(reimbursed.quantity, 0) - sum(losses.quantity) over earlier + losses.quantity as left_for_it,
        greatest(least(losses.quantity, left_for_it), 0)::decimal(18, 4) as recovered
    from losses
    left join reimbursed using (sku)
    window earlier as (partition by losses.sku order by losses.date, losses.row)
),
aged as (
    select made_good.*, date_diff('day', date, local_date(as_of.moment)) as age from made_good cross join as_of
)
select event_id, type, sku, location, date, quantity::decimal(18, 4) as quantity, money(amount) as amount,
    recovered as recovered_quantity, money(amount - share_of_money(amount, recovered, quantity)) as unrecovered_amount, age,
    case when age <= 30 then '0–30' when age <= 60 then '31–60' when age <= 90 then '61–90' else 'over 90' end as bucket
from aged
order by date, event_id, sku

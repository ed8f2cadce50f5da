-- What the books of a settlement differ by, told apart by what its rows are: each part against clearing, which takes what is
-- left. Only for channels whose sales nothing else tells. What is right but for its period is ``is_late``. A role with lines that
-- book no single row, while rows have no line, is one part: such lines are sums.
-- Grain: one row per settlement, part, role and period; expected − recorded. ``part`` is empty for sums, and for what books
-- no row.
with told as (
    select sides.unit_id, 'expected' as side, role, period, date, null as journal_id, amount, null as account, false as is_lost,
        case when role = 'tax' then 'tax'
            when keys.event_type <> 'settlement' then keys.event_type
            when role = 'cash' then 'payout'
            when role in ('recoveries', 'other_income') then 'reimbursement'
            else 'sale' end as part
    from sides
    join event_keys as keys using (event_id)
    where side = 'expected' and unit_kind = 'batch' and unit_id in (select settlement_id from payout_entries)
        and sides.half = 'money' and role <> 'clearing'
    union all
    select settlement_id, 'recorded', role, period, date, journal_id, entries.amount, account,
        coalesce(entries.amount = cash, false),
        case when role = 'cash' then 'payout' when type in ('sale', 'refund', 'fee', 'tax', 'reimbursement') then type end
    from payout_entries as entries
    left join payout_matches as matches using (settlement_id, journal_id, line_no)
    where role <> 'clearing'
),
summed as (
    select distinct told.unit_id, told.role
    from told
    join (
        select distinct settlement_id, type from payout_rows
        anti join payout_matches as matches
            on payout_rows.settlement_id = matches.settlement_id and payout_rows.line_no = matches.row_no
    ) as open_rows on told.unit_id = open_rows.settlement_id and told.part = open_rows.type
    where side = 'expected' and (told.unit_id, told.role) in (
        select (unit_id, role) from told where side = 'recorded' and part is null and amount <> 0)
),
parted as (
    select told.* replace (if(summed.role is null, part, null) as part) from told left join summed using (unit_id, role)
),
points as (
    select unit_id, part, role, period, min(date) as date, min(journal_id) as journal_id,
        sum(if(side = 'expected', amount, -amount)) as amount
    from parted
    group by all
),
booked as (
    -- Where what is booked of a part ends: there its value is put right, so that the periods are told apart from the value.
    -- The account is that of the largest line that lost its sign, else of the largest.
    select unit_id, part, role, arg_max(period, date) filter (where side = 'recorded') as last_period,
        max(date) filter (where side = 'recorded') as last_date, min(date) filter (where side = 'expected') as first_due,
        min(journal_id) as journal_id, arg_max(account, (is_lost, abs(amount), account)) as account,
        sum(if(side = 'expected', amount, -amount)) as amount
    from parted
    group by all
),
split as (
    select unit_id, part, role, last_period as period, last_date as date, journal_id, account, first_due, last_date,
        false as is_late, amount
    from booked
    where last_period is not null
    union all
    select points.unit_id, points.part, points.role, points.period, points.date, coalesce(points.journal_id, booked.journal_id),
        account, first_due, last_date, last_period is not null, points.amount - if(points.period = last_period, booked.amount, 0)
    from points
    join booked on points.unit_id = booked.unit_id and points.part is not distinct from booked.part and points.role = booked.role
),
rows as (
    select payout_rows.settlement_id, payout_rows.type, bool_or(lines.row_no is null) as has_unbooked,
        bool_or(lines.row_no is not null) as has_booked,
        bool_or(payout_rows.cash > 0 and lines.amount = payout_rows.cash) as has_lost_sales
    from payout_rows
    left join (
        select matches.settlement_id, row_no, entries.amount
        from payout_matches as matches
        join payout_entries as entries using (settlement_id, journal_id, line_no)
        where not matches.is_carried
    ) as lines on payout_rows.settlement_id = lines.settlement_id and payout_rows.line_no = lines.row_no
    group by all
),
judged as (
    select split.*, rows.has_unbooked, rows.has_booked, rows.has_lost_sales, last_date = local_date(paid_at) as is_with_payout,
        last_date is null and not coalesce(periods.is_complete, false)
            and date_diff('minute', paid_at, as_of.moment) / 60.0 < sync_sla_hours as is_in_flight
    from split
    join settlements on split.unit_id = settlements.settlement_id
    left join periods on split.period = periods.period
    left join rows on split.unit_id = rows.settlement_id and split.part = rows.type
    cross join as_of
    cross join settings
    where split.amount <> 0
),
named as (
    select unit_id, part, role, period, date, journal_id, account, is_late, amount,
        case
            when is_late and last_date <= first_due then null
            when is_late then case when is_with_payout then 'settlement_batch' when part = 'sale' then 'revenue_lag'
                when part = 'refund' then 'return_lag' else 'late_posting' end
            when part = 'payout' and is_in_flight then 'in_flight'
            when part = 'sale' and not has_unbooked and not has_lost_sales then 'promo_misclassified'
            when part = 'sale' and not has_booked then 'missing_revenue'
            when part = 'refund' then 'refund_not_posted'
            when part = 'fee' then 'fee_unposted_or_misplaced'
            when part = 'tax' and has_booked then 'tax_in_revenue'
            when part = 'reimbursement' then 'reimbursement_as_revenue'
            when part = 'payout' then 'payout_netting'
        end as cause
    from judged
),
against_clearing as (
    select unit_id, part, 'clearing' as role, period, min(date) as date, min(journal_id) as journal_id, is_late,
        -sum(amount) as amount, cause
    from named
    group by all
),
left_over as (
    -- Nothing, where all entries are the settlement's own.
    select unit_id, null as part, 'clearing' as role, period, min(date) as date, min(journal_id) as journal_id, false as is_late,
        sum(amount) as amount, null as cause
    from (
        select unit_id, period, date, journal_id, if(side = 'expected', amount, -amount) as amount
        from sides
        where unit_kind = 'batch' and half = 'money' and role = 'clearing'
            and unit_id in (select settlement_id from payout_entries)
        union all
        select unit_id, period, date, journal_id, -amount from against_clearing
    )
    group by unit_id, period
)
from named
union all by name
from against_clearing
union all by name
from left_over

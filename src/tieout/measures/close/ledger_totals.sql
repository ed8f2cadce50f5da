-- The totals that tie a run to the ledger it read: what an auditor adds up first.
-- Grain: one row per period. Functional currency, all positive. ``debit`` and ``credit`` of the ledger as booked are equal, since
-- its journals balance. ``closing_debit``, ``closing_credit``: the closing balances of its trial balance; ``control_totals``: the
-- accounts that it has, ``control_totals_tied``: those that moved as the ledger does. Zero where there is no trial balance.
with ledger as (
    select period, count(distinct journal_id) as journals, count(*) as lines, sum(greatest(amount, 0)) as debit,
        sum(greatest(-amount, 0)) as credit
    from recorded
    group by period
),
balances as (
    select period, sum(greatest(closing, 0)) as closing_debit, sum(greatest(-closing, 0)) as closing_credit
    from trial_balance
    group by period
),
controls as (
    select period, count(declared) as control_totals, count(*) filter (where booked = declared) as control_totals_tied
    from control_totals
    group by period
)
select periods.period, coalesce(journals, 0) as journals, coalesce(lines, 0) as lines, money(coalesce(debit, 0)) as debit,
    money(coalesce(credit, 0)) as credit, money(coalesce(closing_debit, 0)) as closing_debit,
    money(coalesce(closing_credit, 0)) as closing_credit, coalesce(control_totals, 0) as control_totals,
    coalesce(control_totals_tied, 0) as control_totals_tied
from periods
left join ledger using (period)
left join balances using (period)
left join controls using (period)
order by periods.number

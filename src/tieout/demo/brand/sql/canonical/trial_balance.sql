-- Control totals of the ledger: they prove that no line of the extract is missing.
-- Grain: one month and account of one brand; USD, debit +, credit -.
with totals as (
    select months.month, accounts.account,
        coalesce(sum(amount) filter (where amount > 0), 0) as debit, coalesce(-sum(amount) filter (where amount < 0), 0) as credit
    from months
    cross join accounts
    left join entries on accounts.role = entries.role and months.month = date_trunc('month', entries.date)
        and entries.deleted_at is null
    group by all
)
select month_of(month) as period, account, dollars(sum(debit - credit) over so_far - debit + credit) as opening,
    dollars(debit) as debit, dollars(credit) as credit, dollars(sum(debit - credit) over so_far) as closing
from totals
window so_far as (partition by account order by month)
order by period, account

-- Whether the extract of the ledger is complete: what was booked in a period beside what its trial balance moved by.
-- Grain: one row per period and account of either. Functional currency, Dr + / Cr −; ``declared`` is NULL where the trial
-- balance has no opening, no turnover and no period before. ``difference`` = booked − declared.
with booked as (
    select days.period, account, sum(amount) as booked
    from gl_lines
    join days on gl_lines.effective_date = days.date
    where deleted_at is null
    group by all
),
ordered as (
    select trial_balance.*, lag(closing) over (partition by account order by periods.start_date) as earlier
    from trial_balance
    join periods using (period)
),
declared as (
    select period, account, coalesce(closing - coalesce(opening, earlier), debit - credit) as declared, closing
    from ordered
)
select period, account, coalesce(booked, 0) as booked, if(closing is null, 0, declared) as declared,
    money(booked - declared) as difference
from booked
full join declared using (period, account)
where period in (select period from trial_balance)

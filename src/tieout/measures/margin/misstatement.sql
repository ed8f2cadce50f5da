-- The trial balance that balances, beside what it misstates.
-- Grain: one row per period, role and account, from its first line on. Functional currency, Dr + / Cr −. ``opening``,
-- ``movement``, ``closing``: as recorded; ``corrections``: evidence A to C, cumulative; corrected = closing + corrections;
-- misstatement = closing − corrected. Each adds up to zero over a period: the balance proves nothing. Accounts run on from the
-- first line of the ledger (a year's profit is not carried over); a correction without a known account has a blank one. From
-- ``recorded`` and ``corrections``.
with movements as (
    select role, account, period, sum(amount) as movement, 0 as correction from recorded group by all
    union all
    select role, account, period, 0, sum(amount) from corrections where evidence in ('A', 'B', 'C') group by all
),
sums as (
    select role, account, number, sum(movement) as movement, sum(correction) as correction
    from movements
    join periods using (period)
    group by all
),
firsts as (
    select role, account, min(number) as first_number from sums group by all
),
running as (
    select periods.period, periods.number, firsts.role, firsts.account, coalesce(movement, 0) as movement,
        sum(coalesce(movement, 0)) over so_far as closing, sum(coalesce(correction, 0)) over so_far as corrections
    from firsts
    join periods on periods.number >= firsts.first_number
    left join sums
        on firsts.role = sums.role and firsts.account is not distinct from sums.account and periods.number = sums.number
    window so_far as (partition by firsts.role, firsts.account order by periods.number)
)
select period, role, account, money(closing - movement) as opening, money(movement) as movement, money(closing) as closing,
    money(corrections) as corrections, money(closing + corrections) as corrected, money(-corrections) as misstatement
from running
order by number, account, role

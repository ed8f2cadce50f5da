-- Is everything tied out within materiality? What is not, and by how much.
-- Grain: one row per period and subject (a cause, the balance of a role, or what is unexplained) beyond ``materiality``.
-- Functional currency. What is booked since, or was reviewed and rejected, is settled.
with unsettled as (
    from corrections where evidence <> 'N' and status not in ('posted', 'rejected')
),
by_cause as (
    select period, 'cause' as subject, cause as name, sum(abs(amount)) as amount
    from unsettled
    group by all
),
misstatements as (
    select periods.number, role, is_profit, sum(amount) as amount
    from unsettled
    join roles using (role)
    join periods using (period)
    group by all
),
by_role as (
    -- A profit role is misstated for its period, a balance from then on until it is made good.
    select periods.period, 'balance' as subject, role as name, abs(sum(amount)) as amount
    from misstatements
    join periods
        on case when is_profit then misstatements.number = periods.number else misstatements.number <= periods.number end
    group by all
),
open_questions as (
    select period, 'open' as subject, 'unexplained or ambiguous' as name, sum(abs(amount)) as amount
    from unsettled
    where evidence in ('D', 'U')
    group by all
)
select period, subject, name, money(amount) as amount, money(materiality) as materiality
from (from by_cause union all from by_role union all from open_questions)
join materiality using (period)
where amount > materiality
order by (select number from periods where periods.period = materiality.period), subject, amount desc, name

-- The causes that matter, account by account; what does not is one line, so that nothing is lost.
-- Grain: one row per period, role, account (blank where it is not known) and cause whose gross is beyond ``materiality``; all
-- others of the account are ``other``. Functional currency, Dr + / Cr −, expected − recorded, all evidence: Σ amount = Σ
-- corrections. ``causes``: how many; ``gross``: Σ |amount|. From ``corrections``.
with by_cause as (
    select period, role, account, cause, sum(amount) as amount, sum(abs(amount)) as gross from corrections group by all
),
judged as (
    select by_cause.* replace (case when gross > materiality then cause else 'other' end as cause), materiality
    from by_cause
    join materiality using (period)
)
select period, role, account, cause, count(*) as causes, money(sum(amount)) as amount, money(sum(gross)) as gross,
    any_value(materiality) as materiality
from judged
join periods using (period)
group by number, period, role, account, cause
order by number, account, role, cause = 'other', gross desc, cause

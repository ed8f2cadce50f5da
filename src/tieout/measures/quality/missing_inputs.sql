-- What is not delivered, and what that leaves open: the causes that cannot be told apart without it, and the ambiguous money.
-- Grain: one row per missing input. Functional currency. ``amount``: Σ |amount| of the ambiguous lines for which one of its
-- causes is a candidate; a line can stand under several inputs.
with needing as (
    select causes.cause, causes.title, unnest(causes.needs) as input
    from causes
),
absent as (
    select needing.*
    from needing
    join inputs using (input)
    where not inputs.is_present
),
open_lines as (
    select distinct input, correction_id, abs(ambiguity.amount) as amount
    from absent
    join ambiguity on absent.cause = ambiguity.candidate
),
sums as (
    select input, count(*) as lines, sum(amount) as amount from open_lines group by input
)
select input, count(*) as causes, string_agg(cause, ', ' order by cause) as names, coalesce(any_value(lines), 0) as lines,
    money(coalesce(any_value(amount), 0)) as amount
from absent
left join sums using (input)
group by input
order by amount desc, causes desc, input

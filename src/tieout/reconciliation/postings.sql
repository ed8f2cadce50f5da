-- Corrections that are booked: each with the ledger line that carries its id.
-- Grain: one row per booked correction; ``quantity``: its units, where the line carries any. Only where the line is the sum of
-- the corrections that it names, in their accounts, and all corrections of a cause and event are booked; the first line that
-- names one counts.
with known as (
    select posted_lines.*, explained.cause, explained.event_id, explained.amount as corrected,
        case when posted_lines.quantity is not null then explained.quantity end as units,
        explained.role = posted_lines.role or posted_lines.account = settings.retained_earnings as is_its_account
    from posted_lines
    cross join settings
    left join explained using (correction_id)
),
sound as (
    from known
    window line as (partition by journal_id, line_no)
    qualify bool_and(coalesce(is_its_account, false)) over line and sum(corrected) over line = amount
),
firsts as (
    from sound
    qualify row_number() over (partition by correction_id order by posted_at, journal_id, line_no) = 1
),
whole as (
    select explained.cause, explained.event_id
    from explained
    left join firsts using (correction_id)
    group by all
    having count(*) = count(firsts.journal_id)
)
select journal_id, line_no, correction_id, event_id, account, role, sku, location, channel, period, date, posted_at,
    units as quantity, corrected as amount
from firsts
semi join whole using (cause, event_id)

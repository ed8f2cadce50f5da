-- The ledger as it is compared, with the correcting entries that were booked since, each under the event that it corrects.
-- Grain: one row per ledger line of a journal that touches a role in scope; of a correcting entry one per line and correction,
-- and one for what its line books beyond them. Functional currency, Dr + / Cr −.
with named as (
    select journal_id, line_no, sum(quantity) as quantity, sum(amount) as amount from postings group by all
)
select journal_id, line_no, account, role, sku, location, channel, period, date, quantity, amount, posted_at, event_id
from linked_lines
union all
select journal_id, line_no, account, role, sku, location, channel, period, date, quantity, amount, posted_at, event_id
from postings
union all
select journal_id, line_no, account, role, sku, location, channel, period, date,
    lines.quantity - coalesce(named.quantity, 0), lines.amount - coalesce(named.amount, 0), posted_at, null
from recorded as lines
semi join posted_lines using (journal_id)
left join named using (journal_id, line_no)
where lines.amount <> coalesce(named.amount, 0) or coalesce(lines.quantity, 0) <> coalesce(named.quantity, 0)

-- The ledger as it is compared, with the correcting entries that were booked since.
-- Grain: one row per ledger line of a journal that touches a role in scope. Functional currency, Dr + / Cr −.
select journal_id, line_no, account, role, sku, location, channel, period, date, quantity, amount, posted_at, event_id
from linked_lines
union all
select journal_id, line_no, account, role, sku, location, channel, period, date, quantity, amount, posted_at, null
from recorded
semi join posted_lines using (journal_id)

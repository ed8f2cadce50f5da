-- Manual entries that the company has declared right: expected just as they were booked.
-- Grain: one row per expected line.
select journal_id as event_id, 'accepted_entry' as event_type, role, sku, location, channel, date, quantity, amount
from recorded
where journal_id in (select journal_id from accepted_entries)

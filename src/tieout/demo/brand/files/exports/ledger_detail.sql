-- The ledger in detail, with every field of its own that connectors fill: a report that each system can be made to give.
-- Grain: one line of an entry.
select 'ledger/ledger_detail.csv' as file, journal_id as "Entry", line_no as "Line", account as "Account",
    if(amount >= 0, amount, null) as "Debit", if(amount < 0, -amount, null) as "Credit",
    strftime(effective_date, '%m/%d/%Y') as "Date", strftime(posted_at, '%m/%d/%Y %H:%M:%S') as "Created",
    strftime(modified_at, '%m/%d/%Y %H:%M:%S') as "Modified",
    strftime(deleted_at, '%m/%d/%Y %H:%M:%S') as "Voided", sku as "Item",
    quantity as "Units", location as "Place", channel as "Shop", external_id as "External Id", document as "Document",
    batch_id as "Batch", source as "Connector", if(is_manual, 'yes', 'no') as "By Hand", memo as "Memo",
    reverses_journal_id as "Reverses", if(channel is null, null, person(journal_id)) as "Name"
from canonical.gl_lines
where carrier = 'ledger'
order by journal_id, line_no

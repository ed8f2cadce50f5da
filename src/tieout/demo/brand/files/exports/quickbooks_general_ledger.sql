-- The ledger as QuickBooks Online's general ledger, with the columns for debits, credits, items, places and times added to it. It
-- does not show what was deleted.
-- Grain: one line of the report; amounts and balances on each account's own side, debits and credits beside.
with accounts as (
    select account, account || ' ' || name as heading,
        if(account < '1400' or account >= '5000', 1, -1) as side
    from canonical.gl_accounts
),
lines as (
    select *, row_number() over (partition by account order by effective_date, posted_at, journal_id, line_no) as place,
        (side * sum(amount) over so_far)::decimal(18, 2) as balance
    from canonical.gl_lines
    join accounts using (account)
    where deleted_at is null
    window so_far as (partition by account order by effective_date, posted_at, journal_id, line_no)
),
rows as (
    select '' as section, 0 as part, number as place, words from (
        values (1, ['Harbour & Pine']), (2, ['General Ledger']), (3, ['All Dates']), (4, ['']),
            (5, ['', 'Date', 'Transaction Type', 'Num', 'Name', 'Memo/Description', 'Split', 'Amount', 'Balance', 'Debit',
                'Credit', 'Transaction ID', 'Product/Service', 'Quantity', 'Location', 'Class', 'Create Date', 'Last Modified'])
    ) as heads (number, words)
    union all
    select account, 1, 0, [any_value(heading)] from lines group by account
    union all
    select account, 2, place, [
            null, strftime(effective_date, '%m/%d/%Y'), 'Journal Entry', external_id,
            if(channel is null, null, person(journal_id)), coalesce(memo, 'for ' || person(journal_id)), '-Split-',
            (side * amount)::varchar, balance::varchar, if(amount >= 0, amount, null)::varchar,
            if(amount < 0, -amount, null)::varchar, journal_id, sku, quantity::varchar, location, channel,
            strftime(posted_at, '%m/%d/%Y %I:%M:%S %p'), strftime(coalesce(modified_at, posted_at), '%m/%d/%Y %I:%M:%S %p')
        ]
    from lines
    union all
    select account, 3, 0, [
            'Total for ' || any_value(heading), null, null, null, null, null, null,
            '$' || (any_value(side) * sum(amount))::decimal(18, 2)
        ]
    from lines
    group by account
)
select 'ledger/quickbooks_general_ledger.csv' as file, words[1] as c1, words[2] as c2, words[3] as c3, words[4] as c4,
    words[5] as c5, words[6] as c6, words[7] as c7, words[8] as c8, words[9] as c9, words[10] as c10, words[11] as c11,
    words[12] as c12, words[13] as c13, words[14] as c14, words[15] as c15, words[16] as c16, words[17] as c17, words[18] as c18
from rows
order by section, part, place

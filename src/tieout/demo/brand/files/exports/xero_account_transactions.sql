-- The ledger as Xero's account transactions. It numbers no entries, and has neither items nor places; nor what was voided.
-- Grain: one line of the report; debit and credit beside each other, balances debit +.
with accounts as (
    select account, name || ' (' || account || ')' as heading from canonical.gl_accounts
),
lines as (
    select *, row_number() over (partition by account order by effective_date, posted_at, journal_id, line_no) as place,
        (sum(amount) over so_far)::decimal(18, 2) as balance
    from canonical.gl_lines
    join accounts using (account)
    where deleted_at is null
    window so_far as (partition by account order by effective_date, posted_at, journal_id, line_no)
),
sums as (
    select account, any_value(heading) as heading, sum(amount) filter (where amount > 0) as debit,
        -sum(amount) filter (where amount < 0) as credit, sum(amount) as balance
    from lines
    group by account
),
rows as (
    select '' as section, 0 as part, number as place, words from (
        values (1, ['Account Transactions']), (2, ['Harbour & Pine']), (3, ['For all dates']), (4, ['']),
            (5, ['Date', 'Source', 'Description', 'Reference', 'Debit', 'Credit', 'Running Balance', 'Gross', 'Tax'])
    ) as heads (number, words)
    union all
    select account, 1, 0, [heading] from sums
    union all
    select account, 2, 0, ['Opening Balance', null, null, null, null, null, null, null, null] from sums
    union all
    select account, 3, place, [
            strftime(effective_date, '%d %b %Y'), 'Manual Journal', coalesce(memo, 'for ' || person(journal_id)), external_id,
            if(amount >= 0, amount, 0)::varchar, if(amount < 0, -amount, 0)::varchar,
            if(balance < 0, '(' || -balance || ')', balance::varchar), amount::varchar, '0.00'
        ]
    from lines
    union all
    select account, 4, 0, ['Total ' || heading, null, null, null, debit::varchar, credit::varchar] from sums
    union all
    select account, 5, 0, [
            'Closing Balance', null, null, null, if(balance >= 0, balance, null)::varchar,
            if(balance < 0, -balance, null)::varchar
        ]
    from sums
)
select 'ledger/xero_account_transactions.csv' as file, words[1] as c1, words[2] as c2, words[3] as c3, words[4] as c4,
    words[5] as c5, words[6] as c6, words[7] as c7, words[8] as c8, words[9] as c9
from rows
order by section, part, place

-- Where the extract of the ledger is not what its trial balance says: what is absent there may just not have been extracted.
-- Grain: one row per period. Amount: Σ |difference| over its accounts; ``quantity``: how many accounts differ.
select 'ledger_incomplete' as finding, 'error' as severity, 'trial_balance' as "table", period as id,
    'the ledger lines of ' || period || ' are not what the trial balance moved by in ' || count(*)
        || ' accounts: the extract is not complete' as message,
    count(*)::decimal(18, 4) as quantity, sum(abs(booked - declared))::decimal(38, 6) as amount
from control_totals
where booked <> declared
group by period

-- Do the totals equal the rows between a heading and them, do the amounts lead from each opening to the last balance, and do
-- debits equal credits?
-- Grain: one row per control and total, account or file; totals and balances on the account's own side.
with totals as (
    select source_file, total_of, amount, opened_at, source_row
    from quickbooks_ledger_sections
    where total_of is not null and amount is not null and opened_at is not null
),
accounts as (
    select source_file, path, coalesce(any_value(balance) filter (where not is_data), 0) as opening,
        coalesce(sum(number(amount)) filter (where is_data), 0) as movement,
        arg_max(balance, source_row) filter (where balance is not null) as closing
    from quickbooks_ledger_rows
    group by source_file, path
),
booked as (
    select source_file, coalesce(number(booked), number(amount) * side) as amount
    from quickbooks_ledger_rows
    join quickbooks_ledger_accounts using (source_file, path)
    where is_data
)
select totals.source_file, 'account total' as control, total_of as id, number(any_value(totals.amount)) as expected,
    coalesce(sum(number(rows.amount)), 0) as found
from totals
left join quickbooks_ledger_rows as rows
    on totals.source_file = rows.source_file and rows.is_data
    and rows.source_row > totals.opened_at and rows.source_row < totals.source_row
group by totals.source_file, totals.source_row, total_of
union all
select source_file, 'closing balance', path, closing, opening + movement from accounts where closing is not null
union all
select source_file, 'debits and credits', source_file, coalesce(sum(amount) filter (where amount > 0), 0),
    coalesce(-sum(amount) filter (where amount < 0), 0)
from booked
group by source_file

-- By how much the entry of a settlement says to have been paid more than was, and through which rows: one that lost its sign
-- counts twice, one without a line once, and the line that makes the entry balance takes it all. Only of entries that state a
-- payout: on cash, or on clearing with a line for every row.
-- Grain: one row per settlement, type of row (empty: lines that book no row) and whether the sign was lost. Functional
-- currency, positive: said too much.
with said as (
    select settlement_id, min(journal_id) as journal_id, sum(amount) as said, bool_or(role = 'cash') as is_on_cash
    from payout_entries
    anti join payout_matches using (settlement_id, journal_id, line_no)
    where is_main and is_carried
    group by settlement_id
),
rows as (
    select payout_rows.settlement_id, payout_rows.type, payout_rows.cash, lines.amount
    from payout_rows
    left join (
        select settlement_id, row_no, entries.amount
        from payout_matches as matches
        join payout_entries as entries using (settlement_id, journal_id, line_no)
        where matches.is_main
    ) as lines on payout_rows.settlement_id = lines.settlement_id and payout_rows.line_no = lines.row_no
),
paid as (
    select settlement_id, sum(cash) as paid, bool_and(amount is not null) as is_whole from rows group by settlement_id
),
shares as (
    select settlement_id, type, -coalesce(amount, 0) - cash as amount, coalesce(amount = cash, false) as is_lost from rows
    union all
    select settlement_id, null, -amount, false
    from payout_entries
    anti join payout_matches using (settlement_id, journal_id, line_no)
    where is_main and not is_carried
)
select settlement_id, journal_id, said, paid, type, is_lost as is_sign_lost, sum(amount) as amount
from shares
join said using (settlement_id)
join paid using (settlement_id)
where amount <> 0 and (is_whole or is_on_cash)
group by all

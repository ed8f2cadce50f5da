-- The next ledger lines that are found to book a row of their settlement: by its order and amount, else so with the sign lost;
-- where they name no order of it, by the amount alone, else so with the sign lost. First the lines of the profit and of tax,
-- which book each row once; then the lines by which the main entry carries over clearing what it has no such line for.
-- Grain: one row per ledger line and settlement line. A line that has its sign is the opposite of ``cash``.
with lines as (
    select payout_entries.*, tries.rung, if(tries.is_by_order, coalesce(order_id, ''), '*') as name, -tries.sign * amount as cash
    from payout_entries
    anti join payout_matches using (journal_id, line_no)
    cross join (values (1, true, 1), (2, true, -1), (3, false, 1), (4, false, -1)) as tries (rung, is_by_order, sign)
    where (not is_carried or is_main)
        and (tries.is_by_order or order_id is null
            or (settlement_id, order_id) not in (select (settlement_id, order_id) from payout_rows where order_id is not null))
),
rows as (
    select payout_rows.*, sides.is_carried, names.name
    from payout_rows
    cross join (values (true), (false)) as sides (is_carried)
    cross join lateral (select unnest([coalesce(order_id, ''), '*']) as name) as names
    where (settlement_id, line_no, sides.is_carried) not in (
            select (settlement_id, row_no, is_carried) from payout_matches)
        and (not sides.is_carried or (settlement_id, line_no) not in (
            select (settlement_id, row_no) from payout_matches where is_main))
),
numbered_lines as (
    select *, row_number() over (partition by settlement_id, is_carried, rung, name, cash order by journal_id, line_no) as number
    from lines
),
numbered_rows as (
    select *, row_number() over (partition by settlement_id, is_carried, name, cash order by line_no) as number from rows
)
select lines.settlement_id, lines.journal_id, lines.line_no, rows.line_no as row_no, rows.type, rows.cash, is_main, is_carried
from numbered_lines as lines
join numbered_rows as rows using (settlement_id, is_carried, name, cash, number)
qualify (is_carried, rung) = min((is_carried, rung)) over ()

-- Ledger entries that belong to no event: what nobody can follow to its source.
-- Grain: one row per period and source of the entries (empty where the ledger does not name it). Functional currency. ``amount``:
-- Σ |amount| of their lines; ``share``: of all the period's lines of that source that are compared.
select
    lines.period, lines.source, count(distinct lines.journal_id) filter (where rung is null) as journals,
    count(*) filter (where rung is null) as lines,
    money(coalesce(sum(abs(lines.amount)) filter (where rung is null), 0)) as amount,
    (coalesce(sum(abs(lines.amount)) filter (where rung is null), 0) / nullif(sum(abs(lines.amount)), 0))::double as share
from linked_lines as lines
join periods using (period)
group by lines.period, lines.source, number
having count(*) filter (where rung is null) > 0
order by number, amount desc, lines.source

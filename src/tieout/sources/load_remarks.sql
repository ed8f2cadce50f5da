-- What to tell of a load beside its counts: why rows were rejected, and what was passed over, replaced, repeated or in doubt.
-- Grain: one remark, numbered in the order in which it is told; of a file's reasons and of a kind of finding the first
-- five, then how many more there are. Columns that an export has too many or lacks are left to the table of findings.
with reasons as (
    select file, reason, count(distinct row) as rows, min(row) as first_row
    from rejected_rows
    group by file, reason
),
remarks as (
    select 1 as part, file as kind, 'rejected_rows' as name,
        row_number() over (partition by file order by first_row, reason) as number,
        case
            when rows = 1 then format('{}, row {} rejected: {}', file, first_row, reason)
            else format('{}, {} rows rejected, the first in row {}: {}', file, rows, first_row, reason)
        end as remark
    from reasons
    union all
    select 2, finding, 'findings', row_number() over (partition by finding order by id, message),
        case when contains(message, id) then message else concat_ws(': ', id, message) end
    from load_findings
    where finding not in ('missing_column', 'unknown_column')
),
shown as (
    select part, kind, number, remark
    from remarks
    where number <= 5
    union all
    select part, kind, 6, format('{}: {} more of these: tieout export {}', kind, count(*) - 5, any_value(name))
    from remarks
    group by part, kind
    having count(*) > 5
)
select remark, row_number() over (order by part, kind, number) as place
from shown
order by place

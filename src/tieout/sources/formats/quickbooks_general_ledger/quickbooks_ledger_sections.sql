-- The sections of the report, one in another: each from its heading to its total, with its sub-accounts if it has any; a
-- heading without a total ends where the next begins.
-- Grain: one row per heading or total. ``path``: the account that the rows below it belong to, parents first; ``opened_at``:
-- the row of the heading that a total closes.
with marks as (
    select source_file, source_row, heading as label, amount,
        nullif(regexp_extract(heading, '^Total for (.+?)( with sub.*)?$', 1), '') as total_of,
        regexp_matches(heading, '^Total for .+ with sub') as is_whole
    from quickbooks_general_ledger
    where not is_data and heading is not null and upper(heading) <> 'TOTAL'
),
headings as (
    select source_file, source_row, label,
        lead(source_row) over (partition by source_file, label order by source_row) as next_alike,
        lead(source_row) over (partition by source_file order by source_row) as next_heading
    from marks
    where total_of is null
),
closed as (
    select headings.source_file, headings.source_row, headings.label,
        coalesce(min(totals.source_row) filter (where is_whole), min(totals.source_row), any_value(next_heading)) as ends_at
    from headings
    left join marks as totals
        on headings.source_file = totals.source_file and headings.label = totals.total_of
        and totals.source_row > headings.source_row
        and (headings.next_alike is null or totals.source_row < headings.next_alike)
    group by headings.source_file, headings.source_row, headings.label
)
select marks.source_file, marks.source_row, any_value(marks.total_of) as total_of, any_value(marks.amount) as amount,
    string_agg(closed.label, ':' order by closed.source_row)
        filter (where closed.ends_at is null or marks.source_row < closed.ends_at) as path,
    max(closed.source_row) filter (where closed.label = marks.total_of and marks.source_row <= closed.ends_at) as opened_at
from marks
left join closed on marks.source_file = closed.source_file and closed.source_row <= marks.source_row
group by marks.source_file, marks.source_row

-- Whether the ledger's journals are numbered without a gap: then none of those between the first and the last is missing.
-- Grain: one row per series (what stands before the number). ``is_whole``: no gap, over a hundred journals or more, and
-- numbers that rise with the time of posting.
with numbered as (
    select parts.series as series, try_cast(parts.number as bigint) as number, posted_at
    from (
        select regexp_extract(journal_id, '^(.*?)(\d{1,18})$', ['series', 'number']) as parts, min(posted_at) as posted_at
        from gl_lines
        group by journal_id
    )
),
followed as (
    select series, number, posted_at, lag(number) over (partition by series order by posted_at, number) as earlier
    from numbered
)
select series, min(number) as first, max(number) as last, count(distinct number) as journals,
    coalesce(max(number) - min(number) + 1 = count(distinct number) and count(*) >= 100 and count(posted_at) = count(*)
        and count(*) filter (where earlier is not null and number < earlier) = 0, false) as is_whole
from followed
group by series

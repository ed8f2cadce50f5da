-- How far the run can be trusted: what was read and refused, what stays unexplained, and whether the books tie out.
-- Grain: one row. Percentages are of value: rejected of the value read, unexplained of the value booked (Σ |amount|).
with files as (
    select sum(rows_read) as rows_read, sum(rows_loaded) as rows_loaded, sum(rows_rejected) as rows_rejected,
        sum(value) as value_loaded
    from source_files
),
rejected as (
    select coalesce(sum(value), 0) as value from rejected_rows
),
booked as (
    select sum(abs(amount)) as value from linked_lines
),
unexplained as (
    select coalesce(sum(abs(amount)), 0) as amount from corrections where evidence in ('D', 'U')
),
identities as (
    select count(*) as proofs, count(*) filter (where difference <> 0) as broken_proofs from proofs
)
select
    rows_read::bigint as rows_read, rows_loaded::bigint as rows_loaded, rows_rejected::bigint as rows_rejected,
    coalesce(100 * rejected.value / nullif(files.value_loaded + rejected.value, 0), 0) as rejected_percent,
    settings.max_rejected_percent,
    money(unexplained.amount) as unexplained_amount,
    coalesce(100 * unexplained.amount / nullif(booked.value, 0), 0) as unexplained_percent,
    settings.max_unexplained_percent,
    proofs, broken_proofs,
    settings.materiality_amount, settings.materiality_percent
from files
cross join rejected
cross join booked
cross join unexplained
cross join identities
cross join settings

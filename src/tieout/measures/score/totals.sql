-- The score of a run in one row.
-- Grain: one row. Money: functional currency, Σ |amount|; ratios 0 to 1, NULL where there is nothing to divide by. Shares are
-- of the money planted; ``evidence_a_precision``: of what is claimed on evidence A, how much is right.
with lines as (
    select coalesce(sum(abs(planted)), 0) as planted, coalesce(sum(abs(found)), 0) as found, coalesce(sum(hit), 0) as hit,
        count(*) filter (where planted <> 0) as planted_lines,
        count(*) filter (where found <> 0) as found_lines,
        count(*) filter (where is_exact) as hit_lines,
        coalesce(sum(abs(found)) filter (where cause = 'unexplained'), 0) as unexplained,
        coalesce(sum(abs(found)) filter (where cause = 'ambiguous'), 0) as ambiguous
    from compared
),
identities as (
    select count(*) as proofs, count(*) filter (where difference <> 0) as broken_proofs from proofs
)
select
    money(planted) as planted, money(found) as found, money(hit) as hit,
    hit / nullif(planted, 0) as recall, hit / nullif(found, 0) as precision,
    planted_lines, found_lines, hit_lines,
    hit_lines / nullif(planted_lines, 0) as line_recall, hit_lines / nullif(found_lines, 0) as line_precision,
    money(unexplained) as unexplained, unexplained / nullif(planted, 0) as unexplained_share,
    money(ambiguous) as ambiguous, ambiguous / nullif(planted, 0) as ambiguous_share,
    (select precision from by_evidence where evidence = 'A') as evidence_a_precision,
    proofs, broken_proofs
from lines
cross join identities

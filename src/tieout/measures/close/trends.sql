-- Whether a rate rises or falls from period to period, and whether that may be chance.
-- Grain: one row per subject and measure. ``slope``: Theil–Sen, the median of the slopes between all pairs of periods, in the
-- rate's unit per period. ``s``, ``tau`` (b) and ``p_value``: Mann–Kendall, two-sided, normal approximation with ties and
-- continuity. All NULL, with a ``reason``, under four periods. ``direction`` where p < 0.05.
with pairs as (
    select early.subject, early.measure, (late.rate - early.rate) / (late.number - early.number) as slope,
        sign(late.rate - early.rate)::bigint as sign
    from rate_series as early
    join rate_series as late
        on early.subject = late.subject and early.measure = late.measure and early.number < late.number
),
scores as (
    select subject, measure, median(slope) as slope, sum(sign)::bigint as s, count(*) as pairs,
        count(*) filter (where sign = 0) as tied_pairs
    from pairs
    group by all
),
ties as (
    select subject, measure, sum(size)::bigint as n, sum(size * (size - 1) * (2 * size + 5))::bigint as tie_term,
    from (select subject, measure, rate, count(*) as size from rate_series group by all)
    group by all
),
tested as (
    select ties.subject, ties.measure, ties.n, slope, s, pairs, tied_pairs,
        (n * (n - 1) * (2 * n + 5) - tie_term) / 18 as variance
    from ties
    left join scores using (subject, measure)
),
standardised as (
    select *, (abs(s) - 1) / sqrt(nullif(variance, 0)) as z from tested
),
valued as (
    -- erfc by Abramowitz and Stegun 7.1.26 (error below 0.00000015), with x = |z| ÷ √2.
    select *, 1 / (1 + 0.3275911::double * z / sqrt(2)) as t,
        case when s = 0 or variance = 0 then 1.0::double
            else least(1, exp(-z * z / 2) * t * (0.254829592::double + t * (-0.284496736::double + t * (1.421413741::double
                + t * (-1.453152027::double + t * 1.061405429::double))))) end as p
    from standardised
)
select subject, measure, n, case when n >= 4 then slope end as slope, case when n >= 4 then s end as s,
    case when n >= 4 then s / nullif(sqrt(pairs::double * (pairs - tied_pairs)), 0) end as tau,
    case when n >= 4 then p end as p_value,
    case when n < 4 then null when p >= 0.05 then 'no clear trend' when s > 0 then 'rising' else 'falling' end as direction,
    case when n < 4 then 'fewer than four complete periods' when pairs = tied_pairs then 'tau: all values are equal' end as reason
from valued
order by subject, measure

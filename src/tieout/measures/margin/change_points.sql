-- Since when a cause weighs more, or less: the one period that best splits what it does to gross profit into a before and an
-- after. Grain: one row per cause of the corrected book. Functional currency per period, recorded − corrected: positive is too
-- high. Of all splits of its complete periods into two, each with two periods or more, the one with the least squares around the
-- two means; ``share_explained``: of the variation between the periods what the split takes away (0 to 1). A split is always
-- found: what explains little is no shift. ``trend``: Theil–Sen, the median slope between all pairs of periods, an estimate per
-- period. From ``distortion``; a period without corrections of the cause counts as zero.
with complete as (
    select period, row_number() over (order by number) as place, count(*) over () as n from periods where is_complete
),
series as (
    select causes.cause, complete.place, complete.period, complete.n, coalesce(distortion.net, 0) as net
    from (select distinct cause from distortion where measure = 'gross_profit' and in_corrected) as causes
    cross join complete
    left join distortion
        on distortion.measure = 'gross_profit' and distortion.in_corrected and causes.cause = distortion.cause
        and complete.period = distortion.period
),
running as (
    select *, place - 1 as n_before, n - place + 1 as n_after,
        sum(net) over so_far - net as sum_before, sum(net) over (partition by cause) as total
    from series
    window so_far as (partition by cause order by place)
),
splits as (
    -- In minor units: (n₂S₁ − n₁S₂)² ÷ n₁n₂ is n times the squares between the two means.
    select *, total - sum_before as sum_after,
        n_after * minor_units(sum_before)::hugeint - n_before * minor_units(sum_after)::hugeint as apart,
        apart * apart / (n_before * n_after) as between_means
    from running
    where n_before >= 2 and n_after >= 2
),
best as (
    from splits
    qualify row_number() over (partition by cause order by between_means desc, place) = 1
),
variation as (
    select cause, any_value(n) as n, sum(minor_units(net)::hugeint) as total,
        any_value(n) * sum(minor_units(net)::hugeint * minor_units(net)) - total * total as squares
    from series
    group by cause
),
trends as (
    select earlier.cause, median((later.net - earlier.net) / (later.place - earlier.place)) as slope
    from series as earlier
    join series as later on earlier.cause = later.cause and earlier.place < later.place
    group by earlier.cause
),
named as (
    select variation.* exclude (total), best.* exclude (cause, n), trends.slope,
        case when variation.n < 6 then 'fewer than six complete periods: ' || variation.n
            when squares = 0 then 'the same in every period' end as reason
    from variation
    left join best using (cause)
    left join trends using (cause)
)
select cause, case when reason is null then period end as change_period,
    case when reason is null then from_minor_units(half_up(minor_units(sum_before)::hugeint, n_before)) end as mean_before,
    case when reason is null then from_minor_units(half_up(minor_units(sum_after)::hugeint, n_after)) end as mean_after,
    n, case when reason is null then between_means / squares end as share_explained,
    case when n >= 6 then money(slope) end as trend, reason
from named
order by cause

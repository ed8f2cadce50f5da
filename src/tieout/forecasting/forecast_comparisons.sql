-- How far the forecasts of one origin lie from what they are compared with.
-- Grain: one row per sku, book, origin and comparison. Units, but for the ratios. With d = forecast − other: ``smape`` = 200 ÷ n
-- · Σ |d| ÷ (forecast + other), of the ``pairs`` less the ``undefined`` ones, which are 0 ÷ 0 (both are zero); ``mase`` = mean
-- |d| ÷ absolute scale; ``rmsse`` = √(mean d² ÷ squared scale). Against an actual these are the accuracy of those names, against
-- a forecast the stability sMAPC, MASC and RMSSC. Of 'previous' alone, ``revised_twice``: the pairs that have an ``earlier``
-- forecast; ``flip_flops``: those whose two revisions have different signs and are each above 5 % of the mean of the two
-- forecasts it lies between. Ratios have 12 decimals: their sums are then exact in any order.
with sums as (
    select
        sku, book, origin, comparison, count(*) as pairs, count(*) filter (where units = 0 and other = 0) as undefined,
        sum(units - other) as difference, sum(abs(units - other)) as absolute,
        sum((units - other)::decimal(38, 4) * (units - other)) as squared,
        sum(units) as units, sum(other) as other,
        sum((abs(units - other) / nullif(units + other, 0))::decimal(18, 12)) as symmetric, count(earlier) as revised_twice,
        count(*) filter (
            where sign(units - other) = -sign(other - earlier)
                and 40 * abs(units - other) > units + other and 40 * abs(other - earlier) > other + earlier
        ) as flip_flops
    from forecast_pairs
    group by all
)
select
    sums.sku, sums.book, sums.origin, sums.comparison, sums.pairs, sums.undefined, sums.difference,
    sums.absolute, sums.units, sums.other, sums.revised_twice, sums.flip_flops,
    (200 * sums.symmetric / nullif(sums.pairs - sums.undefined, 0))::decimal(38, 12) as smape,
    (sums.absolute / sums.pairs / scales.absolute)::decimal(38, 12) as mase,
    sqrt(sums.squared / sums.pairs / scales.squared)::decimal(38, 12) as rmsse
from sums
left join forecast_scales as scales on scales.sku = sums.sku and scales.week = sums.origin

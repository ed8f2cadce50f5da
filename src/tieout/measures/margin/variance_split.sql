-- How much of what moves from period to period is trade, and how much is error.
-- Grain: one row per figure. Over the complete periods: recorded = corrected + error, so recorded_variance = true_variance +
-- error_variance + 2 · covariance (sample variances; of a margin in squared shares, of money in squared units of currency, of
-- units squared). ``error_share`` = 1 − true ÷ recorded variance: negative where errors hide swings. NULL with a ``reason`` for
-- fewer than three periods. Units are those that went through cost of sales. From ``margin`` and ``book_totals``.
with figures as (
    select 'gross_margin' as figure, period, book, gross_margin as value from margin where gross_margin is not null
    union all
    select 'gross_profit', period, book, gross_profit::double from margin
    union all
    select 'units_sold', margin.period, margin.book, coalesce(any_value(sold.quantity), 0)::double
    from margin
    left join (
        select period, book, sum(quantity) as quantity from book_totals where role = 'cogs' group by all
    ) as sold using (period, book)
    group by all
),
pairs as (
    select names.figure, recorded.period, recorded.value as recorded, corrected.value as corrected,
        recorded.value - corrected.value as error
    from (values ('gross_margin'), ('gross_profit'), ('units_sold')) as names (figure)
    left join (
        select recorded.*
        from figures as recorded
        join periods on recorded.period = periods.period and periods.is_complete
        where book = 'recorded'
    ) as recorded on names.figure = recorded.figure
    left join figures as corrected
        on corrected.book = 'corrected' and recorded.figure = corrected.figure and recorded.period = corrected.period
),
variances as (
    -- In order, since sums of floating numbers depend on it in their last digits.
    select figure, count(error) as n, var_samp(recorded order by period) filter (where error is not null) as recorded_variance,
        var_samp(corrected order by period) filter (where error is not null) as true_variance,
        var_samp(error order by period) as error_variance, covar_samp(corrected, error order by period) as covariance
    from pairs
    group by figure
)
select figure, n, case when n >= 3 then recorded_variance end as recorded_variance,
    case when n >= 3 then true_variance end as true_variance, case when n >= 3 then error_variance end as error_variance,
    case when n >= 3 then covariance end as covariance,
    case when n >= 3 then 1 - true_variance / nullif(recorded_variance, 0) end as error_share,
    case when n < 3 then 'fewer than three complete periods: ' || n when recorded_variance = 0 then 'it never moves' end as reason
from variances
order by array_position(['gross_margin', 'gross_profit', 'units_sold'], figure)

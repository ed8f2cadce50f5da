-- Accuracy, bias and stability side by side: none of them means anything without the others.
-- Grain: one row per level ('sku', 'class', 'total') and its sku or class (a pattern of demand; A, B or C), and book. Ratios,
-- but for the counts. Σ ÷ Σ over all weeks and origins: ``wape`` = Σ |ŷ − y| ÷ Σ y, ``bias`` = Σ (ŷ − y) ÷ Σ y;
-- ``wapc`` = Σ |D| ÷ Σ ½(ŷ + previous ŷ), ``net_drift`` the same with its sign; ``restatement_change`` the same against the
-- forecast from corrected history; ``flip_flop_rate`` = Σ flip_flops ÷ Σ revised_twice. Means over
-- items and origins: ``mase``, ``rmsse``, ``smapc`` (0 to 200), ``masc``, ``rmssc``; see forecast_comparisons.
-- ``forecast_value_added`` = wape of the benchmark − wape: the correction's own is the corrected row less the recorded one.
-- ``*_dropped``: share of the pairs that are 0 ÷ 0 and left out; ``unscaled``: of ``forecast_origins`` (one per item and origin),
-- those whose item had not moved before and that mase, rmsse, masc and rmssc leave out.
with sums as (
    select
        case grouping(sku, class, abc) when 3 then 'sku' when 5 then 'class' when 6 then 'class' else 'total' end as level,
        sku, coalesce(class, abc) as class, book, comparison,
        count(distinct sku) as items, count(*) as forecast_origins, count(*) filter (where mase is null) as unscaled,
        sum(absolute) as absolute, sum(difference) as difference, sum(other) as other, sum(units + other) / 2 as middle,
        sum(smape) / nullif(count(smape), 0) as smape,
        sum(mase) / nullif(count(mase), 0) as mase,
        sum(rmsse) / nullif(count(rmsse), 0) as rmsse,
        sum(undefined) / sum(pairs) as dropped, sum(flip_flops) / nullif(sum(revised_twice), 0) as flip_flops
    from forecast_comparisons
    join forecast_items using (sku)
    group by grouping sets ((sku, book, comparison), (class, book, comparison), (abc, book, comparison), (book, comparison))
),
measures as (
    select
        level, sku, class, book,
        any_value(absolute / nullif(other, 0)) filter (where comparison = 'actual') as wape,
        any_value(difference / nullif(other, 0)) filter (where comparison = 'actual') as bias,
        any_value(mase) filter (where comparison = 'actual') as mase,
        any_value(rmsse) filter (where comparison = 'actual') as rmsse,
        any_value(smape) filter (where comparison = 'previous') as smapc,
        any_value(mase) filter (where comparison = 'previous') as masc,
        any_value(rmsse) filter (where comparison = 'previous') as rmssc,
        any_value(absolute / nullif(middle, 0)) filter (where comparison = 'previous') as wapc,
        any_value(difference / nullif(middle, 0)) filter (where comparison = 'previous') as net_drift,
        any_value(flip_flops) filter (where comparison = 'previous') as flip_flop_rate,
        any_value(smape) filter (where comparison = 'initial') as smapc_initial,
        any_value(mase) filter (where comparison = 'initial') as masc_initial,
        any_value(rmsse) filter (where comparison = 'initial') as rmssc_initial,
        any_value(absolute / nullif(middle, 0)) filter (where comparison = 'initial') as wapc_initial,
        any_value(smape) filter (where comparison = 'horizontal') as smapc_horizontal,
        any_value(mase) filter (where comparison = 'horizontal') as masc_horizontal,
        any_value(rmsse) filter (where comparison = 'horizontal') as rmssc_horizontal,
        any_value(absolute / nullif(middle, 0)) filter (where comparison = 'corrected') as restatement_change,
        any_value(items) filter (where comparison = 'actual') as items,
        any_value(forecast_origins) filter (where comparison = 'actual') as forecast_origins,
        any_value(unscaled) filter (where comparison = 'actual') as unscaled,
        any_value(dropped) filter (where comparison = 'previous') as smapc_dropped,
        any_value(dropped) filter (where comparison = 'initial') as smapc_initial_dropped,
        any_value(dropped) filter (where comparison = 'horizontal') as smapc_horizontal_dropped
    from sums
    where level <> 'class' or class is not null
    group by level, sku, class, book
)
select *, any_value(wape) filter (where book = 'benchmark') over (partition by level, sku, class) - wape as forecast_value_added
from measures
order by array_position(['total', 'class', 'sku'], level), sku, class,
    array_position(['as_of', 'recorded', 'corrected', 'benchmark'], book), book

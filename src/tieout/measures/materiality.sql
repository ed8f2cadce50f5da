-- Below what a difference is not worth a decision: the larger of an amount and a share of the corrected gross profit.
-- Grain: one row per period. Functional currency.
select periods.period,
    greatest(
        settings.materiality_amount,
        coalesce(abs(margin.gross_profit), 0) * settings.materiality_percent * 0.01::decimal(3, 2)
    ) as materiality
from periods
cross join settings
left join margin on periods.period = margin.period and margin.book = 'corrected'
order by periods.number

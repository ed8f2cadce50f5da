-- The two legs of every bridge, recorded to corrected and corrected to expected: from which margin, to which revenue.
-- Grain: one row per period and leg. ``margin_before``: gross margin of the book before it; ``revenue_after``: revenue of the
-- book after it, in functional currency.
select starts.period, starts.book = 'recorded' as in_corrected, starts.gross_margin as margin_before,
    ends.revenue as revenue_after
from margin as starts
join margin as ends
    on starts.period = ends.period
    and (starts.book, ends.book) in (('recorded', 'corrected'), ('corrected', 'expected'))
join periods on starts.period = periods.period
order by periods.number, in_corrected desc

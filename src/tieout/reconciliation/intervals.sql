-- The spans of time over which a recording system is judged by what it booked: the whole, and each period and calendar quarter
-- by itself, since a system may change its ways in mid-year.
-- Grain: one row per date and span that it lies in.
select date, unnest(['', 'period ' || period, 'quarter ' || date_trunc('quarter', date)::date::varchar]) as span from days

-- Functional currency per unit of a currency, from a date on until the next; the company's own currency is worth one.
-- Grain: one row per currency and date.
select currency, rate_date, rate from exchange_rates
union all
select currency, date '0001-01-01', 1 from settings

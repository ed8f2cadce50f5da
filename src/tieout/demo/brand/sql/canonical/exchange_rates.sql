-- Grain: one day; USD per euro.
select currency, rate_date, (rate::decimal(18, 4) * 0.0001)::decimal(18, 4) as rate from rates
where currency <> 'USD' order by rate_date

-- Grain: one calendar month of the history.
select distinct date_trunc('month', day)::date as month
from (select unnest(generate_series(date '2025-01-01', day(getvariable('ends') - 1), interval 1 day)) as day)

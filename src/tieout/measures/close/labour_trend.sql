-- Whether work rises or falls beside what the company does, over the complete periods (trends.sql).
-- Grain: one row per measure: a rate per 1,000 events of ``labour_rates``. ``slope`` in its unit per period.
select measure, n, slope, s, tau, p_value, direction, reason
from trends
where subject = 'labour'
order by measure

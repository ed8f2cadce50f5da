-- Whether distortion and uncertainty grow faster than what drives them, over the complete periods (trends.sql).
-- Grain: one row per driver of ``growth``, ``range_width`` (width ÷ revenue) and ``sales`` (corrected revenue itself). A ratio
-- that rises says that what it measures grows faster than its driver. ``slope`` in the ratio's unit per period.
select measure, n, slope, s, tau, p_value, direction, reason
from trends
where subject = 'growth'
order by measure

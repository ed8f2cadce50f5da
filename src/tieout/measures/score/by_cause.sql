-- How much of each cause was found, and how much of what was found of it is right.
-- Grain: one row per cause. Money: functional currency, Σ |amount|; ratios 0 to 1, NULL where there is nothing to divide by.
select cause,
    money(sum(abs(planted))) as planted, money(sum(abs(found))) as found, money(sum(hit)) as hit,
    sum(hit) / nullif(sum(abs(planted)), 0) as recall,
    sum(hit) / nullif(sum(abs(found)), 0) as precision,
    count(*) filter (where planted <> 0) as planted_lines,
    count(*) filter (where found <> 0) as found_lines,
    count(*) filter (where is_exact) as hit_lines,
    count(*) filter (where is_exact) / nullif(count(*) filter (where planted <> 0), 0) as line_recall,
    count(*) filter (where is_exact) / nullif(count(*) filter (where found <> 0), 0) as line_precision
from compared
group by cause
order by sum(abs(planted)) desc, cause

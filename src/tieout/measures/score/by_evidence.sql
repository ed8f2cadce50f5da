-- Of what is claimed on each evidence, how much is right.
-- Grain: one row per evidence level, the surest first. Functional currency, Σ |amount|; ratio 0 to 1, NULL where nothing is
-- claimed. Where several levels claim the same line with the truth's sign, the surer one takes from the truth first.
with levels as (
    select unnest(['A', 'B', 'C', 'D', 'U', 'N']) as evidence, unnest(range(6)) as place
),
claims as (
    select claimed.evidence, claimed.found, compared.planted,
        coalesce(sum(abs(claimed.found)) over (
            partition by cause, event_id, role, sku, location, channel, period, sign(claimed.found) order by levels.place
            rows between unbounded preceding and 1 preceding
        ), 0) as taken
    from claimed
    join levels using (evidence)
    left join compared using (cause, event_id, role, sku, location, channel, period)
),
judged as (
    select evidence, abs(found) as found,
        case when sign(found) = sign(planted) then least(abs(found), greatest(abs(planted) - taken, 0)) else 0 end as hit
    from claims
)
select evidence, money(coalesce(sum(found), 0)) as found, money(coalesce(sum(hit), 0)) as hit,
    sum(hit) / nullif(sum(found), 0) as precision
from levels
left join judged using (evidence)
group by evidence, place
order by place

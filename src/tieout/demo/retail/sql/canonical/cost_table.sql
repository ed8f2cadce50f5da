-- What the recording system believed: the purchase price of each month. Grain: sku and month; GBP per unit.
select 'erp' as system, sku, unit_cost::decimal(18, 6) as unit_cost,
    timestamp '2010-12-01' + to_months(month::integer) as valid_from
from monthly_costs
where timestamp '2010-12-01' + to_months(month::integer) <= (select max(moment) from journal)
order by sku, month

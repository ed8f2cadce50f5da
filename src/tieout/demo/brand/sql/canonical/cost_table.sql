-- What the costing system was told that an item costs: the supplier's price of the month, by hand, at the month's start.
-- Grain: one item and month; USD.
select 'costing' as system, sku, dollars(unit_cost) as unit_cost, 'USD' as currency, moment(midnight(month)) as valid_from,
    moment(midnight(month)) as recorded_at
from believed_costs
order by sku, month

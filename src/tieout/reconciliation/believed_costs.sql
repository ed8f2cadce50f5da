-- Values that are quantity × a unit cost which a recording system may have believed at that time.
-- Grain: one row per unit, role, sku and recorded amount among the differences in unit cost.
select distinct differences.unit_id, differences.role, differences.sku, differences.recorded_amount
from differences
join event_keys as keys on differences.unit_id = keys.event_id
join known_costs
    on differences.sku = known_costs.sku and known_costs.valid_from <= keys.occurred_at
    and money(times(coalesce(differences.recorded_quantity, differences.expected_quantity), known_costs.unit_cost))
        = abs(differences.recorded_amount)
where differences.step = 'unit_cost' and differences.recorded_amount <> 0

-- Every unit cost that a recording system may have believed, from the moment on when it could.
-- Grain: one row per sku, unit cost and moment. Functional currency.
select sku, unit_cost, valid_from from cost_table
union
select sku, standard_cost, timestamptz '1900-01-01 00:00:00+00' from items where standard_cost is not null
union
select sku, unit_cost, effective_at from costs where type = 'standard_cost' and sku is not null
union
select sku, unit_cost, occurred_at from stock_rows where type in ('opening', 'receipt') and unit_cost is not null

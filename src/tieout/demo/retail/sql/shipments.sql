-- Every sale that was dispatched.
-- Grain: one sale line.
select sale_lines.*, sale_lines.sku in (select kit_sku from kit_parts) as is_kit
from sale_lines
anti join cancellations using (row)

-- What goods brought to stock at standard cost other than its standard: Dr purchase price variance, under the event that
-- brought them. (An assembly's is in post_assembly.)
-- Grain: one row per expected line.
select legs.booked_under as event_id, legs.type as event_type, 'purchase_price_variance' as role, legs.sku,
    rows.arrives_at as location, null as channel, rows.date, null::decimal(18, 4) as quantity, legs.variance as amount
from valued_legs as legs
join stock_rows as rows using (event_id)
where legs.after = 0 and legs.variance <> 0 and legs.assembly is null

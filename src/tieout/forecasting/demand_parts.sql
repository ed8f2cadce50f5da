-- What the histories of demand are made of: recorded = sold + unmet − corrections.
-- Grain: one row per week, sku, channel, part and, of a correction, its cause. Units. ``sold``: what left for customers, gross of
-- returns; ``unmet``: what was ordered and could not be delivered, which the shop's orders hold in every book;
-- ``correction``: expected − recorded, as in the journal; what was booked within the period of its sale stands in the week of the
-- sale. A correction without a quantity, or of a cost of nothing, tells of money alone. Of entries without an event only booked
-- sales count, not what takes one back; and a sale that stayed in the books though its order was cancelled for want of goods is
-- that unmet demand already (unmet_bookings.sql).
with corrected as (
    select corrections.* replace (coalesce(sales.date, corrections.date) as date)
    from corrections
    left join sale_dates as sales using (event_id, period)
    anti join unmet_bookings using (correction_id)
    where corrections.role = 'cogs' and corrections.cause <> 'zero_cost'
        and (corrections.event_type = 'shipment' or corrections.event_type is null and corrections.quantity < 0)
),
parts as (
    select date, sku, channel, 'sold' as part, null as cause, null as family, true as in_corrected, quantity as units
    from expected
    where role = 'cogs' and event_type = 'shipment'
    union all
    select date, sku, channel, 'unmet', null, null, true, units from unmet_demand
    union all
    select date, sku, channel, 'correction', cause, family, evidence in ('A', 'B', 'C'), quantity
    from corrected
)
select weeks.number as week, sku, channel, part, cause, family, in_corrected, sum(units)::decimal(18, 4) as units
from parts
join weeks on parts.date between weeks.starts_on and weeks.ends_on
where units <> 0
group by all
order by all

-- By how much each cause makes each figure too high or too low: recorded − corrected, in the sense of the figure.
-- Grain: one row per measure, period, cause and whether its lines count in the corrected book (evidence A to C). Functional
-- currency, positive is too high. ``inventory`` (with goods in transit) is the movement of the period. Σ net over the causes in
-- the corrected book = recorded − corrected; over the others, corrected − expected.
-- ``overstated`` and ``understated`` (both positive) are summed over events and channels, of inventory over events, skus and
-- locations: within one of these the lines net. net = overstated − understated, gross = overstated + understated.
-- ``_min``: evidence A and B alone; ``_max``: with every ambiguous line that the cause may be the cause of (maxima do not add
-- up). From ``corrections`` and ``ambiguity``.
with measures (measure, sign, roles) as (
    values
        ('revenue', 1, ['revenue']),
        ('shipping_income', 1, ['shipping_income']),
        ('discounts', -1, ['discounts']),
        ('returns', -1, ['returns']),
        ('cogs', -1, ['cogs']),
        ('gross_profit', 1, ['revenue', 'shipping_income', 'discounts', 'returns', 'cogs']),
        ('stock_losses', -1,
            ['shrinkage', 'write_off', 'purchase_price_variance', 'inventory_revaluation', 'recoveries']),
        ('profit_after_stock_losses', 1, [
            'revenue', 'shipping_income', 'discounts', 'returns', 'cogs', 'shrinkage', 'write_off', 'purchase_price_variance',
            'inventory_revaluation', 'recoveries'
        ]),
        ('fees', -1, ['fees']),
        ('marketing', -1, ['marketing']),
        ('contribution', 1,
            ['revenue', 'shipping_income', 'discounts', 'returns', 'cogs', 'fees', 'write_off', 'marketing']),
        ('inventory', -1, ['inventory', 'in_transit'])
),
signs as (
    select measure, sign, unnest(roles) as role from measures
),
lines as (
    select cause, evidence in ('A', 'B', 'C') as in_corrected, true as is_sure, evidence, event_id, period, role, sku, location,
        channel, amount
    from corrections
    union all
    select ambiguity.candidate, true, false, evidence, corrections.event_id, period, role, sku, location, channel,
        corrections.amount
    from ambiguity
    join corrections using (correction_id)
    semi join causes on ambiguity.candidate = causes.cause
),
by_event as (
    select measure, cause, in_corrected, period, event_id, channel as place, null as item,
        sum(sign * amount) filter (where is_sure) as net,
        sum(sign * amount) filter (where is_sure and evidence in ('A', 'B')) as net_min, sum(sign * amount) as net_max
    from lines
    join signs using (role)
    where measure <> 'inventory'
    group by all
    union all
    select measure, cause, in_corrected, period, event_id, location, sku,
        sum(sign * amount) filter (where is_sure), sum(sign * amount) filter (where is_sure and evidence in ('A', 'B')),
        sum(sign * amount)
    from lines
    join signs using (role)
    where measure = 'inventory'
    group by all
)
select
    measure, period, cause, money(coalesce(sum(net), 0)) as net, money(coalesce(sum(abs(net)), 0)) as gross,
    money(coalesce(sum(greatest(net, 0)), 0)) as overstated, money(coalesce(sum(greatest(-net, 0)), 0)) as understated,
    money(coalesce(sum(net_min), 0)) as net_min, money(sum(net_max)) as net_max,
    money(coalesce(sum(abs(net_min)), 0)) as gross_min, money(sum(abs(net_max))) as gross_max, in_corrected
from by_event
join periods using (period)
group by measure, number, period, cause, in_corrected
order by measure, number, in_corrected desc, gross desc, cause

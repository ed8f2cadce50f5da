-- Orders with what the source does not say: channel, place of dispatch and moment of dispatch.
-- Real signals first: an invoice with DOTCOM POSTAGE is the web shop, a foreign country is export; of the other British
-- invoices up to 300 units a hash share is Amazon (32 %) or eBay (8 %), the rest is trade.
-- Grain: one invoice with at least one sale.
with invoices as (
    select invoice, max(moment) as moment, min(country) as country, sum(quantity) as units,
        bool_or(sku = 'DOT') as is_web
    from uses
    where use = 'sale'
    group by invoice
),
sold as (
    select
        *,
        draw(invoice, 'channel', 100) as channel_draw,
        case
            when is_web then 'dotcom'
            when country not in ('United Kingdom', 'Unspecified') then 'export'
            when units <= 300 and channel_draw < 32 then 'amazon'
            when units <= 300 and channel_draw < 40 then 'ebay'
            else 'trade'
        end as channel
    from invoices
),
placed as (
    select
        *,
        case
            when channel = 'amazon' then 'FBA'
            when channel <> 'export' and draw(invoice, 'location', 100) < 40 then 'SOUTH'
            else 'NORTH'
        end as location,
        case channel
            when 'amazon' then draw(invoice, 'lag', 2)
            when 'export' then 1 + draw(invoice, 'lag', 6)
            when 'trade' then draw(invoice, 'lag', 5)
            else draw(invoice, 'lag', 3)
        end as lag_days
    from sold
)
select
    invoice as order_id, country, channel, location, moment as ordered_at,
    case
        when lag_days = 0 then moment + (30 + draw(invoice, 'minutes', 150)) * interval 1 minute
        else in_office_hours(moment::date + lag_days::integer, invoice, 'dispatch')
    end as shipped_at
from placed

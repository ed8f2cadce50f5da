-- Fees as the exports tell them: those of Amazon that no settlement has yet stay beside.
-- Grain: one fee.
select fees.* replace (
        case when fees.channel <> 'amazon' then fees.line_no when settlement_id is null then lines.line_no end as line_no),
    case when fees.channel = 'web' then 'shopify_payments'
        when fees.channel = 'amazon' and settlement_id is not null then 'amazon_settlement_v2' end as carrier
from canonical.fees as fees
left join canonical.order_lines as lines on fees.order_id = lines.order_id and fees.sku = lines.sku

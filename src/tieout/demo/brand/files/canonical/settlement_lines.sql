-- Lines of payouts as the exports tell them: Shopify's knows orders, no items; Amazon's no units of what it makes up for.
-- Grain: one line of a payout.
select lines.* replace (
        case when channel <> 'web' then line_no::varchar
            when lines.type = 'fee' then payment_id(posted_at, 'charge', order_id) || ' fee'
            else payment_id(posted_at, if(lines.type = 'sale', 'charge', lines.type), order_id) end as line_no,
        if(channel = 'web', null, sku) as sku,
        if(channel = 'web' or channel = 'amazon' and lines.type = 'reimbursement', null, lines.quantity) as quantity),
    case channel when 'web' then 'shopify_payments' when 'amazon' then 'amazon_settlement_v2' end as carrier
from canonical.settlement_lines as lines
join canonical.settlements as settlements using (settlement_id)

-- The story of each oversold order line: what was ordered and what was there, what could not be delivered, and what the books
-- had to be corrected by.
-- Grain: one row per line of ``oversold_lines``. What its corrections (for the order and its item, those of entries without an
-- item included) add to inventory, by cause: ``reversal_incomplete``, ``double_correction`` and ``other_corrections``;
-- ``profit``: what all of them add to profit. Functional currency.
with effects as (
    select corrections.origin_event_id as order_id, lines.line_no, corrections.cause,
        case when corrections.role in ('inventory', 'in_transit') then amount else 0 end as inventory,
        case when roles.is_profit then -amount else 0 end as profit
    from corrections
    join roles using (role)
    join oversold_lines as lines
        on corrections.origin_event_id = lines.order_id and coalesce(corrections.sku, lines.sku) = lines.sku
),
sums as (
    select order_id, line_no,
        sum(case when cause = 'oversell_reversal_incomplete' then inventory else 0 end) as reversal_incomplete,
        sum(case when cause = 'oversell_double_correction' then inventory else 0 end) as double_correction,
        sum(inventory) - reversal_incomplete - double_correction as other_corrections,
        sum(profit) as profit
    from effects
    group by all
)
select order_id, line_no, channel, sku, ordered_at, cancelled_at, quantity, on_hand, promised, lost_demand,
    money(coalesce(reversal_incomplete, 0)) as reversal_incomplete,
    money(coalesce(double_correction, 0)) as double_correction,
    money(coalesce(other_corrections, 0)) as other_corrections, money(coalesce(profit, 0)) as profit
from oversold_lines
left join sums using (order_id, line_no)
order by ordered_at, order_id, line_no

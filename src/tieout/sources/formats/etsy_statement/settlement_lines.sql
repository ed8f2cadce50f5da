-- The amounts of the statement, as cash to the shop, under the deposit that pays them out.
-- Grain: one row per row of the statement; deposits are where the money goes.
select coalesce(settlement_id, 'etsy, not deposited') as settlement_id, key as line_no, type, order_id,
    coalesce(cash::varchar, written) as amount, posted_at, source_file, source_row
from etsy_statement_amounts
where type <> 'deposit'

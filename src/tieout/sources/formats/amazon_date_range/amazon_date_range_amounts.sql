-- The money of each row by its columns. Payouts are settlements, and no line of one.
-- Grain: one filled column of a row; the column that carries its units (the price, of sales and refunds) also if it is zero.
-- ``cash``: to the seller.
with cells as (
    select raw.*, cell.name as name, cell.kind as column_kind, replace(cell.written, chr(8239), '') as written,
        cell.name = if(raw.kind in ('sale', 'refund'), 'product_sales', 'other') as has_units
    from amazon_date_range_rows as raw
    cross join lateral (select unnest([
        {'name': 'product_sales', 'kind': 'price', 'written': coalesce(product_sales, '0')},
        {'name': 'shipping_credits', 'kind': 'shipping', 'written': shipping_credits},
        {'name': 'gift_wrap_credits', 'kind': 'price', 'written': gift_wrap_credits},
        {'name': 'points', 'kind': 'price', 'written': points},
        {'name': 'promotional_rebates', 'kind': 'price', 'written': promotional_rebates},
        {'name': 'product_sales_tax', 'kind': 'tax', 'written': product_sales_tax},
        {'name': 'shipping_credits_tax', 'kind': 'tax', 'written': shipping_credits_tax},
        {'name': 'giftwrap_credits_tax', 'kind': 'tax', 'written': giftwrap_credits_tax},
        {'name': 'regulatory_fee', 'kind': 'tax', 'written': regulatory_fee},
        {'name': 'tax_on_regulatory_fee', 'kind': 'tax', 'written': tax_on_regulatory_fee},
        {'name': 'promotional_rebates_tax', 'kind': 'tax', 'written': promotional_rebates_tax},
        {'name': 'marketplace_withheld_tax', 'kind': 'tax', 'written': marketplace_withheld_tax},
        {'name': 'sales_tax_collected', 'kind': 'tax', 'written': sales_tax_collected},
        {'name': 'low_value_goods', 'kind': 'tax', 'written': low_value_goods},
        {'name': 'tcs_cgst', 'kind': 'tax', 'written': tcs_cgst}, {'name': 'tcs_sgst', 'kind': 'tax', 'written': tcs_sgst},
        {'name': 'tcs_igst', 'kind': 'tax', 'written': tcs_igst}, {'name': 'tds', 'kind': 'tax', 'written': tds},
        {'name': 'selling_fees', 'kind': 'referral', 'written': selling_fees},
        {'name': 'fba_fees', 'kind': 'fulfilment', 'written': fba_fees},
        {'name': 'other_transaction_fees', 'kind': 'fee', 'written': other_transaction_fees},
        {'name': 'other', 'kind': 'other', 'written': coalesce(other, '0')}
    ]) as cell)
    where kind <> 'transfer'
)
select source_file, source_row, settlement_id, channel, currency, order_id, sku, posted_at, document, number as row_number,
    concat_ws(':', document, number, name) as line_no, kind = 'refund' as is_refund, column_kind, written,
    number(written) as cash, case when has_units then quantity end as quantity,
    case when column_kind = 'tax' then 'tax'
        when column_kind in ('referral', 'fulfilment', 'fee') then 'fee'
        when column_kind in ('price', 'shipping') then if(kind = 'refund', 'refund', 'sale')
        else kind end as type,
    case when column_kind in ('referral', 'fulfilment') then column_kind else fee_type end as fee_type
from cells
where number(written) is null and written is not null or number(written) <> 0
    or has_units and (quantity is not null or coalesce(number(total), 0) = 0)

-- What each real row is, told by its invoice letter, code, price, sign and text alone.
-- Grain: one source row.
with names as (
    select distinct sku, description
    from source_rows
    where price > 0 and quantity > 0
)
select
    source_rows.*,
    case
        when invoice_kind = 'A' then 'bad debt'
        when sku in ('AMAZONFEE', 'BANK CHARGES', 'CRUK') and invoice_kind = 'C' then 'fee'
        when sku = 'AMAZONFEE' then 'fee reversal'
        when invoice_kind = 'C' then 'credit'
        when price = 0 and is_goods and quantity < 0 then 'stock out'
        when price = 0 and is_goods and names.sku is null then 'stock in'
        else 'sale'
    end as use
from source_rows
left join names using (sku, description)

-- The real rows, as they came: codes in capitals (85123a and 85123A are one product), price exact.
-- Grain: one row of the source file; ``row`` is its place there, from 1. GBP; local time of London.
select
    file_row_number + 1 as row,
    InvoiceNo as invoice,
    StockCode as code,
    upper(trim(StockCode)) as sku,
    Description as description,
    Quantity as quantity,
    UnitPrice::decimal(18, 6) as price,
    InvoiceDate as moment,
    Country as country,
    left(InvoiceNo, 1) as invoice_kind,
    regexp_matches(upper(StockCode), '^([0-9]{5}|DCGS)') as is_goods
from read_parquet($source, file_row_number = true)
where ($before::date is null or InvoiceDate < $before::date)
    and (not regexp_matches(upper(StockCode), '^([0-9]{5}|DCGS)')
        or draw(upper(trim(StockCode)), 'slice', $one_sku_in::bigint) = 0)

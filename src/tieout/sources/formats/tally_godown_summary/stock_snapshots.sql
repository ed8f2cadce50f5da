-- What the godown named above the report held at the end of its last day; Tally prints nothing for zero, and allows less.
-- Grain: one row per stock item.
select 'tally' as system,
    iso_time(regexp_extract(file_preamble, '(\S+)\s*$', 1) || ' 23:59:59', file_zone, file_dates) as taken_at,
    particulars as sku, trim(regexp_extract(file_preamble, '^[^\t\n]+')) as location,
    coalesce(plain_number(closing_balance), '0') as quantity, plain_number(closing_rate) as unit_cost,
    coalesce(plain_number(closing_value), '0') as value, source_file, source_row
from tally_godown_summary
where is_data

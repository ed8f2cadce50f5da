-- The accounts that the journal names: "4010 Sales:Web", or without numbers "Sales:Web".
-- Grain: one account of a file, as written (``path``). ``account``: its number, unless two have it; else the path.
with written as (
    select source_file, path, account_number(path) as number, min(source_row) as source_row
    from quickbooks_journal_lines
    where is_data and path is not null
    group by source_file, path
)
select source_file, path, source_row,
    case when number is not null and count(*) over (partition by source_file, number) = 1 then number else path end as account,
    account_title(path) as name
from written

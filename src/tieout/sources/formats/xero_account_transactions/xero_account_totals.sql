-- What the report states of an account beside its transactions: what it opened with, moved by and closed with.
-- Grain: one account of a file; Dr +. Accounts of profit and loss open with nothing.
select source_file, account, min(source_row) as source_row,
    coalesce(any_value(number(amount)) filter (where label = 'Opening Balance'), 0) as opening,
    any_value(number(amount)) filter (where label = 'Total ' || heading) as movement,
    any_value(number(amount)) filter (where label = 'Closing Balance') as closing
from xero_account_sections
where label is not null
group by source_file, account

-- The lines of the postings: the account, the contra account and, where DATEV takes tax out, its account. They balance.
-- Grain: one row per line; Dr +. Postings that are alike in all that they say are counted, so that each is an entry of its own.
-- Customers are one account, and so are suppliers.
with counted as (
    select *, row_number() over (partition by source_file, name order by source_row) as copy from datev_buchungsstapel_taxed
),
lines as (
    select *, 1 as line_no, konto as number, sign * (gross - if(is_first_taxed, tax, 0)) as moved from counted
    union all
    select *, 2, gegenkonto, -sign * (gross - if(is_first_taxed, 0, tax)) from counted
    union all
    select *, 3, tax_account, sign * if(is_first_taxed, 1, -1) * tax from counted where tax <> 0
)
select name || if(copy > 1, ' #' || copy, '') as journal_id, line_no::varchar as line_no,
    case when line_no = 3 or length(number) <= digits then number
        when number[1] between '1' and '6' then 'Debitoren' else 'Kreditoren' end as account,
    coalesce(moved::varchar, umsatz) as amount, currency,
    case when line_no < 3 then (sign(moved) * number(foreign_amount))::varchar end as transaction_amount,
    day as effective_date, document as external_id, document, source_file, source_row
from lines

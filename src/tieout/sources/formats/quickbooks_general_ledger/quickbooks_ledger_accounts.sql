-- The accounts of the report, and their sides: amounts are positive on an account's own side, which is not said. It is told by
-- debits and credits, if the report has them; else by the accounts that every company has; else by entries of two lines with one
-- such account, and so on; else (``is_assumed``) by its number or the words of its name. The controls show a wrong one.
-- Grain: one account of a file, as written (``path``). ``side``: 1 debit, -1 credit, NULL unknown. ``account``: its number,
-- unless two have it; else the path.
with recursive written as (
    select source_file, path, account_title(path) as name, min(source_row) as source_row,
        account_number(regexp_extract(path, '[^:]*$')) as number,
        any_value(nullif(sign(number(booked)) * sign(number(amount)), 0)) as stated
    from quickbooks_ledger_rows
    where path is not null
    group by source_file, path
),
known as (
    select *, case when stated is not null then stated
            when regexp_matches(name, '(?i)accounts receivable|\(a/r\)|undeposited funds|inventory asset|cost of goods sold')
                or regexp_matches(name, '(?i)\b(checking|savings)\b') then 1
            when regexp_matches(name, '(?i)accounts payable|\(a/p\)|retained earnings|opening balance equity|sales tax payable')
                or regexp_matches(name, '(?i)sales of product income') then -1 end as sure
    from written
),
pairs as (
    -- Two lines of one entry that name each other: they stand on opposite sides, one of them perhaps as a negative.
    select distinct own.source_file, own.path, other.path as other, -sign(number(own.amount)) * sign(number(other.amount)) as turn
    from quickbooks_ledger_rows as own
    join quickbooks_ledger_rows as other
        on own.source_file = other.source_file and own.effective_date = other.effective_date and own.type = other.type
        and own.num is not distinct from other.num and abs(number(own.amount)) = abs(number(other.amount))
        and own.path <> other.path
    where own.is_data and other.is_data and number(own.amount) <> 0
        and ends_with(':' || account_title(other.path), ':' || account_title(own.split))
        and ends_with(':' || account_title(own.path), ':' || account_title(other.split))
),
walked as (
    select source_file, path, sure as side from known where sure is not null
    union
    select pairs.source_file, pairs.other, walked.side * pairs.turn
    from walked
    join pairs using (source_file, path)
    anti join known on pairs.source_file = known.source_file and pairs.other = known.path and known.sure is not null
),
told as (
    select source_file, path, any_value(side) as side from walked group by source_file, path having min(side) = max(side)
),
assumed as (
    select *, case when number[1] in ('1', '5', '6', '7') then 1 when number[1] in ('2', '3', '4') then -1
            when regexp_matches(name, '(?i)expense|cost|cogs|\bfees?\b|prepaid|asset|inventory|receivable|bank|cash') then 1
            when regexp_matches(name, '(?i)clearing|supplies|advertis|marketing|freight|postage|\brent\b|insurance') then 1
            when regexp_matches(name, '(?i)payable|liabilit|loan|credit card|equity|income|revenue|sales|discount') then -1
            when regexp_matches(name, '(?i)refund|return|deferred|gift card') then -1 end as likely
    from known
)
select source_file, path, source_row, name, coalesce(told.side, likely)::integer as side, told.side is null as is_assumed,
    case when number is not null and count(*) over (partition by source_file, number) = 1 then number else path end as account
from assumed
left join told using (source_file, path)

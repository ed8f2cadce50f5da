-- Accounts whose side the report does not tell: their lines are rejected, or their side is assumed from number or name.
-- Grain: one row per file and kind.
select case when side is null then 'unknown_account_side' else 'assumed_account_side' end as finding,
    case when side is null then 'warning' else 'info' end as severity, 'gl_lines' as "table", source_file as id,
    case when side is null then 'whether these accounts grow by debits or credits is not told, so their lines are rejected: '
        else 'by number or name alone these accounts were taken to grow by ' end
        || case side when 1 then 'debits: ' when -1 then 'credits: ' else '' end
        || string_agg(path, ', ' order by path) || '; add the columns Debit and Credit to the report' as message,
    count(*)::decimal(18, 4) as quantity, null::decimal(38, 6) as amount
from quickbooks_ledger_accounts
where side is null or is_assumed
group by source_file, side

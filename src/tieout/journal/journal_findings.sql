-- What was odd about the journals.
-- Grain: one row per oddity.
select 'unbalanced_journal' as finding, 'error' as severity, 'gl_lines' as "table", journal_id as id,
    'journal ' || journal_id || ' does not balance: a line of role other makes up for it' as message,
    null::decimal(18, 4) as quantity, -amount as amount
from recorded
where line_no = 'balance' and account is null
union all
select 'unknown_account', 'warning', 'gl_accounts', account, 'account ' || account || ' has no role: it is out of scope',
    null, null
from accounts
where is_unknown
union all
select 'ledger_without_roles', 'error', 'gl_accounts', null,
    'none of the ' || count(*) || ' accounts of the ledger has a role, so that no entry meets an event and all that should be'
        || ' booked is called missing: name their roles under [accounts] in tieout.toml',
    null, null
from accounts
where account in (select account from gl_lines)
having count(*) > 0 and bool_and(is_unknown)
union all
select 'role_without_account', 'warning', 'gl_accounts', role,
    'no account has the role ' || role || ', which the expected book needs', null, null
from roles
where has_no_account and role in (select role from expected)
union all
select 'missing_rate', 'error', "table", id, "table" || ' ' || id || ' is in ' || currency || ', without an exchange rate', null,
    amount
from (
    select 'order_lines' as "table", order_id || ' ' || line_no as id, currency, ordered_at as moment, null as amount
    from order_lines
    union all
    select 'refunds', refund_id, currency, refunded_at, amount from refunds
    union all
    select 'fees', fee_id, currency, charged_at, amount from fees
    union all
    select 'settlements', settlement_id, currency, paid_at, net from settlements
    union all
    select 'vendor_payments', payment_id, currency, paid_at, amount from vendor_payments
) as documents
where currency is not null
    and not exists (
        select 1 from rates where rates.currency = documents.currency and rates.rate_date <= local_date(documents.moment)
    )
union all
select 'shipment_without_order', 'warning', 'stock_events', event_id,
    'shipment ' || event_id || ' has no order line: it bills nothing', quantity, null
from stock_rows
where type = 'shipment' and not exists (
    select 1 from order_lines as lines where lines.order_id = stock_rows.order_id and lines.line_no = stock_rows.line_no
)
union all
select 'return_rate_unknown', 'warning', 'refunds', 'expected returns ' || coalesce(channel || ' ', '') || period,
    'nothing sold on channel ' || coalesce(channel, '(none)') || ' came back in the twelve months to ' || end_date
        || ': no returns are accrued', null, sold
from expected_returns
where returns is null

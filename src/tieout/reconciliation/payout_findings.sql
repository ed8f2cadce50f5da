-- Settlements whose entry balances by another payout than was paid.
-- Grain: one row per settlement.
select 'payout_plugged' as finding, 'warning' as severity, 'gl_lines' as "table", settlement_id as id,
    'entry ' || journal_id || ' of settlement ' || settlement_id || ' says ' || money(said) || ' was paid; it was ' || money(paid)
        || ': the line that makes it balance takes ' || money(sum(amount)) || ' that stands for nothing ('
        || string_agg(
            coalesce(type, 'no row of it') || ' ' || money(amount) || if(is_sign_lost, ' by lost signs', ''), ', '
            order by abs(amount) desc, type)
        || ')' as message,
    null::decimal(18, 4) as quantity, sum(amount)::decimal(38, 6) as amount
from payout_plugs
group by settlement_id, journal_id, said, paid
having sum(amount) <> 0

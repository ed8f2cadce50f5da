-- Settlements whose entry balances by another payout than was paid.
-- Grain: one row per settlement.
select 'payout_plugged' as finding, 'warning' as severity, 'gl_lines' as "table", settlement_id as id,
    'entry ' || journal_id || ' of settlement ' || settlement_id || ' balances by a payout of ' || money(said) || ', but '
        || money(paid) || ' was paid: ' || money(sum(amount)) || ' stands for nothing'
        || coalesce('; twice what lost its sign: '
            || string_agg(type || ' ' || money(amount), ', ' order by abs(amount) desc, type) filter (where is_sign_lost), '')
        || coalesce('; not booked, or without a row: ' || string_agg(coalesce(type, 'other') || ' ' || money(amount), ', '
            order by abs(amount) desc, type) filter (where not is_sign_lost), '') as message,
    null::decimal(18, 4) as quantity, sum(amount)::decimal(38, 6) as amount
from payout_plugs
group by settlement_id, journal_id, said, paid
having sum(amount) <> 0

-- Said on top of every report: the ledger follows another policy than the one declared, with both figures.
-- Grain: one row per policy, system and rule. Amount: what is booked − what the declared policy gives.
select 'policy_not_followed' as finding, 'warning' as severity, 'gl_lines' as "table", nullif(source, '') as id,
    coalesce(nullif(source, ''),
        'the ledger') || ' does not follow ' || policy || ' = ' || declared || ' but ' || followed || ', in '
        || borne_out || ' of ' || sales || ' sales that tell the two apart: '
        || if(policy = 'revenue_point', 'revenue of the last complete period ', 'cost of these sales ') || declared_amount
        || ' as declared, ' || booked_amount || ' as booked' as message,
    sales::decimal(18, 4) as quantity, (booked_amount - declared_amount)::decimal(38, 6) as amount
from policy_votes

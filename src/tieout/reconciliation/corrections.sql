-- The correction journal: every line of the difference, with its cause. Recorded + corrections = expected.
-- Grain: one row per line. Functional currency, Dr + / Cr −, expected − recorded. ``timing`` is computed per cause and event.
-- What policy accepts of a cause is no error (N): ``accepted_cause`` keeps its name, and its id stays what it was.
with named as (
    select attributed.*, causes.family, causes.root
    from attributed
    join causes using (cause)
),
profit as (
    select role, is_profit from roles
),
by_role as (
    select cause, unit_id, role, sum(amount) as amount from named group by all
),
by_place as (
    select cause, unit_id, role, sum(abs(amount)) as turnover
    from (select cause, unit_id, role, period, sum(amount) as amount from named group by all)
    group by all
),
timings as (
    select
        by_role.cause, by_role.unit_id,
        bool_and(by_role.amount = 0) as is_zero_sum,
        bool_or(by_place.turnover <> 0) as crosses_periods,
        bool_or(
            by_role.amount <> 0
            and by_role.role in ('inventory', 'in_transit', 'grni', 'landed_cost_clearing')
        ) as is_parked
    from by_role
    join by_place using (cause, unit_id, role)
    group by all
),
main_accounts as (
    select role, arg_max(account, (lines, account)) as account
    from (select role, account, count(*) as lines from recorded where account is not null group by all)
    group by role
),
booked_accounts as (
    select journal_id, role, min(account) as account from recorded where account is not null group by all
),
accepted as (
    select unnest(accepted_causes)::varchar as cause from settings
),
identified as (
    select
        named.*, named.cause in (from accepted) and named.evidence in ('A', 'B', 'C') as is_accepted,
        row_number() over (
            partition by cause, unit_id, journal_id, step, role, sku, location, channel, period order by amount
        ) as copy
    from named
)
select
    md5(concat_ws(
        chr(31), identified.cause, unit_id, coalesce(journal_id, ''), step, role, coalesce(sku, ''), coalesce(location, ''),
        coalesce(channel, ''), period, coalesce(quantity::varchar, ''), amount::varchar, copy::varchar
    )) as correction_id,
    case when is_accepted then 'accepted_policy_difference' else identified.cause end as cause,
    case when is_accepted then 'not_an_error' else family end as family, unit_id as event_id,
    origin_event_id,
    journal_id, role, sku, location, channel, period,
    date, quantity, amount, case when is_accepted then 'N' else evidence end as evidence,
    case when timings.is_zero_sum and timings.crosses_periods then 'reversing'
        when timings.is_zero_sum then 'dimensional'
        when timings.is_parked then 'parked'
        else 'permanent' end as timing,
    coalesce(booked_accounts.account, main_accounts.account) as account,
    coalesce(source, system) as origin_system, root, 'open' as status, null::varchar as posted_in,
    step, unit_kind, event_type, half, candidates, case when is_accepted then identified.cause end as accepted_cause
from identified
join timings using (cause, unit_id)
left join booked_accounts using (journal_id, role)
left join main_accounts using (role)
order by period, cause, event_id, role, sku, location, channel, date, amount, correction_id

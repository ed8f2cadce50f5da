-- Every line of the difference between the two books, with its cause, whatever has become of it since.
-- Grain: one row per line. Functional currency, Dr + / Cr −, expected − recorded. ``timing`` is computed per cause and event.
-- Evidence is at most C where the history is in doubt, where a system follows a policy of its own (``policy_votes``), and where
-- no account of the ledger has a role: whatever it holds cannot be read, so that nothing is missing for certain.
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
booked as (
    select journal_id, role, location, channel, account, count(*) as lines
    from recorded
    where account is not null
    group by all
),
booked_accounts as (
    -- The account that the entry itself used there.
    select journal_id, role, location, channel, min(account) as account from booked group by all
),
usual_accounts as (
    -- The account that most lines of a role use at a place and channel.
    select role, location, channel, arg_max(account, (lines, account)) as account
    from (select role, location, channel, account, sum(lines) as lines from booked group by all)
    group by all
),
doubted as (
    -- What changes the value of stock where the history is contradicted by a count: all of the cause and event.
    select distinct cause, unit_id
    from named
    join contradicted_places as places
        on named.sku = places.sku and named.location = places.location and (places.since is null or named.date > places.since)
    where half = 'goods' and step in ('existence', 'orphan', 'repeated', 'quantity', 'unit_cost', 'unmatched')
),
main_accounts as (
    -- The one that it uses most, of those in the chart.
    select role, arg_max(account, (coalesce(lines, 0), account)) as account
    from accounts
    left join (select role, account, sum(lines) as lines from booked group by all) using (role, account)
    group by role
),
accepted as (
    select unnest(accepted_causes)::varchar as cause from settings
),
ledger as (
    select bool_or(finding = 'ledger_without_roles') as is_unreadable from findings
),
identified as (
    select
        named.* replace (case
            when evidence in ('A', 'B')
                and (doubted.cause is not null or policy_votes.cause is not null or ledger.is_unreadable) then 'C'
            else evidence end as evidence),
        doubted.cause is not null as is_doubtful,
        named.cause in (from accepted) and named.evidence in ('A', 'B', 'C') as is_accepted,
        row_number() over (
            partition by named.cause, named.unit_id, journal_id, step, role, sku, location, channel, period order by amount
        ) as copy
    from named
    cross join ledger
    left join doubted on named.cause = doubted.cause and named.unit_id = doubted.unit_id
    left join (select distinct cause, source from policy_votes) as policy_votes
        on named.cause = policy_votes.cause and coalesce(named.source, '') = policy_votes.source
)
select
    md5(concat_ws(
        chr(31), identified.cause, unit_id, coalesce(identified.journal_id, ''), step, identified.role, coalesce(sku, ''),
        coalesce(identified.location, ''), coalesce(identified.channel, ''), period, coalesce(quantity::varchar, ''),
        amount::varchar, copy::varchar
    )) as correction_id,
    case when is_accepted then 'accepted_policy_difference' else identified.cause end as cause,
    case when is_accepted then 'not_an_error' else family end as family, unit_id as event_id,
    origin_event_id,
    identified.journal_id, identified.role, sku, identified.location, identified.channel, period,
    date, quantity, amount, case when is_accepted then 'N' else evidence end as evidence,
    case when timings.is_zero_sum and timings.crosses_periods then 'reversing'
        when timings.is_zero_sum then 'dimensional'
        when timings.is_parked then 'parked'
        else 'permanent' end as timing,
    coalesce(identified.part_account, booked_accounts.account, usual_accounts.account, main_accounts.account) as account,
    coalesce(source, system) as origin_system, root,
    step, unit_kind, event_type, half, candidates, case when is_accepted then identified.cause end as accepted_cause,
    is_doubtful
from identified
join timings using (cause, unit_id)
left join booked_accounts
    on identified.journal_id = booked_accounts.journal_id and identified.role = booked_accounts.role
    and identified.location is not distinct from booked_accounts.location
    and identified.channel is not distinct from booked_accounts.channel
left join usual_accounts
    on identified.role = usual_accounts.role and identified.location is not distinct from usual_accounts.location
    and identified.channel is not distinct from usual_accounts.channel
left join main_accounts on identified.role = main_accounts.role

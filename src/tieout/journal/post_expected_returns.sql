-- Returns that are still to come, at each period's end: Dr returns, Cr refund liability; Dr return asset, Cr cost of goods sold.
-- All of it is reversed on the first day of the next period.
-- Grain: one row per expected line.
with accrued as (
    select 'expected returns ' || coalesce(channel || ' ', '') || period as event_id, channel, end_date as date, returns, goods
    from expected_returns
),
reversed as (
    select 'expected returns ' || coalesce(channel || ' ', '') || period as event_id, channel, reversed_on as date,
        -returns as returns, -goods as goods
    from expected_returns
    cross join as_of
    where reversed_on <= local_date(as_of.moment)
)
select event_id, 'expected_returns' as event_type, sides.role, null as sku, null as location,
    case when sides.role in ('returns', 'cogs') then channel end as channel, date, null::decimal(18, 4) as quantity,
    case sides.role when 'returns' then returns when 'refund_liability' then -returns when 'return_asset' then goods
        else -goods end as amount
from (from accrued union all from reversed)
cross join (values ('returns'), ('refund_liability'), ('return_asset'), ('cogs')) as sides (role)
where returns is not null

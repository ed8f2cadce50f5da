-- The clean journal with the accruals of expected returns at month ends, reversed on the day after.
-- Grain: one line of one event. Columns as in ``journal_lines``.
with accrued as (
    select event_id, channel, ended, returns, goods, 1 as sign from accruals
    union all
    select event_id, channel, ended + 1, -returns, -goods, -1 from accruals
    where ended + 1 < day(getvariable('ends'))
)
from journal_lines
union all
select event_id, 'expected_returns', 'goods', midnight(ended) + 86000, ended, event_id, line.role, '', '',
    channel_of(line.role, channel), null, line.amount, line.amount, 'purchasing'
from accrued
cross join lateral (select unnest([
    {'role': 'returns', 'amount': returns}, {'role': 'refund_liability', 'amount': -returns},
    {'role': 'return_asset', 'amount': goods}, {'role': 'cogs', 'amount': -goods}
]) as line)
where line.amount <> 0

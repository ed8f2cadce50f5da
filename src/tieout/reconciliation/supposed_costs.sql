-- What each event would have cost under each hypothesis about the ledger, where that is not what it does cost.
-- Grain: one row per event, sku and hypothesis. Functional currency, positive.
with moved as (
    select row, case when void_of is null then booked_under else event_id end as event_id, sku, amount
    from valued_legs
    where after = 0 and operation in ('out', 'move', 'return', 'group_out', 'group_in')
        and not (operation = 'out' and type = 'customer_return')
),
supposed as (
    select 'fifo' as hypothesis, row, amount from as_fifo_amounts
    union all select 'average', row, amount from as_average_amounts
    union all select 'lifo', row, amount from as_lifo_amounts
    union all select 'standard', row, amount from as_standard_amounts
    union all select 'company_pool', row, amount from one_pool_amounts
    union all select 'company_average', row, amount from one_average_amounts
    union all select 'as_known', kernel_row, amount from as_known_amounts join as_known using (row)
    union all select 'receipts_as_booked', row, amount from receipts_as_booked_amounts
)
select moved.event_id, moved.sku, supposed.hypothesis, from_minor_units(sum(supposed.amount)) as amount
from moved
join supposed using (row)
group by all
having from_minor_units(sum(supposed.amount)) <> sum(moved.amount)

-- Deposits to the bank.
-- Grain: one row per day and currency with deposits. ``gross`` is all but the fees and refunds since the one before.
with kept as (
    select settlement_id, coalesce(-sum(cash) filter (where type = 'fee'), 0) as fees,
        coalesce(-sum(cash) filter (where type = 'refund'), 0) as refunds
    from etsy_statement_amounts
    group by all
)
select settlement_id, 'etsy' as channel, posted_at as paid_at, (sum(abs(number(deposited))) + fees + refunds)::varchar as gross,
    fees::varchar as fees, refunds::varchar as refunds,
    coalesce(sum(abs(number(deposited)))::varchar, any_value(said)) as net, currency, source_file,
    min(source_row) as source_row, list(source_row) as source_rows
from etsy_statement_amounts
join kept using (settlement_id)
where type = 'deposit'
group by settlement_id, posted_at, fees, refunds, currency, source_file

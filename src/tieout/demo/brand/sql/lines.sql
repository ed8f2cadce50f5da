-- The ledger's lines, each with the entry to which it belongs.
-- Grain: one line of one event. Cents. What one event books for one half on one day is one entry; a settlement's sales can be
-- one, too. Where connectors summarise, all that one of them books for a half and day is one, but for payouts.
with every as (
    select event_id, half, date, happened_at as posted_at, document, '' as entry, role, sku, location, channel, quantity,
        known as amount,
        source, null as voids, null as memo, null as batch, false as is_edited, false as is_deleted,
        getvariable('is_summarised') and half <> 'true-up' and event_type <> 'settlement' as can_be_summed
    from journal
    anti join booked using (event_id)
    union all
    select event_id, half, booked_on, posted_at, document, '', booked_role, booked_sku, booked_location, booked_channel,
        booked_quantity, booked_amount, source, null, null, batch,
        value_cause is not distinct from 'altered_or_voided_after_sync',
        absence is not distinct from 'deleted',
        getvariable('is_summarised') and half <> 'true-up' and event_type <> 'settlement' and batch is null
            and value_cause is distinct from 'altered_or_voided_after_sync' and absence is distinct from 'deleted'
    from booked
    where (missing_cause is null or absence = 'deleted')
        and (booked_amount <> 0 or value_cause = 'zero_cost')
    union all
    select event_id, half, date, posted_at, document, entry, role, sku, location, channel, quantity, amount, source, voids,
        memo, null,
        false, false, false
    from extras
)
select *,
    can_be_summed and source in ('web', 'amazon', 'walmart', 'wholesale') as is_summarised,
    case when is_summarised then shop(source) || ' ' || date end as batch_id,
    coalesce(batch, if(is_summarised, concat_ws('/', batch_id, half), concat_ws('/', event_id, half, date, entry))) as entry_key,
    least(posted_at + case when source in ('wms', 'purchasing') then 3600 when source = 'manual' then 0 else 1200 end,
        getvariable('ends') - 1) as booked_at
from every

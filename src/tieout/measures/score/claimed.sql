-- What the corrections claim, summed to where the truth can be compared: an entry for many events is compared as such, under its
-- batch. Goods in flight are no error and stay out.
-- Grain: one row per cause, coordinate (event, role, sku, location, channel, period) and evidence. Functional currency.
with batches as (
    select journal_id, any_value(batch_id) as batch_id from gl_lines where batch_id is not null group by journal_id
),
kept as (
    -- A dimension that the ledger never has cannot be compared.
    select count(*) = 0 or count(sku) > 0 as has_sku, count(*) = 0 or count(location) > 0 as has_location,
        count(*) = 0 or count(channel) > 0 as has_channel
    from gl_lines
)
select
    cause, coalesce(batches.batch_id, nullif(event_id, ''), journal_id, '') as event_id, coalesce(role, '') as role,
    if(has_sku, coalesce(sku, ''), '') as sku, if(has_location, coalesce(location, ''), '') as location,
    if(has_channel, coalesce(channel, ''), '') as channel, coalesce(period, '') as period, evidence,
    sum(amount) as found
from corrections
left join batches using (journal_id)
cross join kept
where cause <> 'in_flight'
group by all
having sum(amount) <> 0

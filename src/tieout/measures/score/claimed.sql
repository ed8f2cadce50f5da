-- What the corrections claim, summed to where the truth can be compared: an entry for many events is compared as such, under its
-- batch. Goods in flight are no error and stay out.
-- Grain: one row per cause, coordinate (event, role, sku, location, channel, period) and evidence. Functional currency.
with batches as (
    select journal_id, any_value(batch_id) as batch_id from gl_lines where batch_id is not null group by journal_id
)
select
    cause, coalesce(batches.batch_id, nullif(event_id, ''), journal_id, '') as event_id, coalesce(role, '') as role, coalesce(sku, '') as sku,
    coalesce(location, '') as location, coalesce(channel, '') as channel, coalesce(period, '') as period, evidence,
    sum(amount) as found
from corrections
left join batches using (journal_id)
where cause <> 'in_flight'
group by all
having sum(amount) <> 0

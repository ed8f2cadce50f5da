-- Recorded + truth = the clean journal, at every event, period and coordinate.
with lines as (
    select coalesce(batch_id, external_id) as event_id, month_of(date) as period, role, sku, location, channel, amount
    from entries
    where deleted_at is null
    union all
    select event_id, period, role, sku, location, channel, amount from truth
    union all
    select coalesce(batches.batch_id, journal.event_id), month_of(date), role, sku, location, channel, -amount
    from journal
    left join (
        select distinct event_id, half, batch_id from lines where is_summarised
    ) as batches on journal.event_id = batches.event_id and journal.half = batches.half
)
select event_id, period, role, sku, location, channel, sum(amount) from lines group by all having sum(amount) <> 0

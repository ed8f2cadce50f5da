-- Grain: one event that a summarised entry covers.
select distinct batch_id, event_id as external_id from lines where is_summarised order by batch_id, external_id

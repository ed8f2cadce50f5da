-- The last run of something else than this one: what "then" is wherever a run is compared with the one before.
-- Grain: one row, as in ``runs``, or none. To repeat a run does not make it its own predecessor.
select * from earlier_runs where run_id not in (select run_id from this_run) order by started_at desc, run_id limit 1

-- What became of every real row. Grain: one source row.
select * from fates order by row

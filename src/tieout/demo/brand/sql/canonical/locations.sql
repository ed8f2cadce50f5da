-- Grain: one place.
select * from places order by location

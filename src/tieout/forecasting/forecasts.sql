-- What each book's history lets one forecast, at the end of each week of origin; filled by stability.py.
-- Grain: one row per sku, book, origin and week. Units; ``origin`` and ``week`` are numbers of ``weeks``, week = origin +
-- horizon. ``book``: as_of (recorded, as known at the origin), recorded (as known now), corrected, benchmark (a naive forecast
-- from corrected history); with forecast.learning also learning_as_of, learning_recorded and learning_corrected: by one model
-- that learns from all items. ``model``: LightGBM, or one of statsforecast, chosen by the item's class; a short history gets a
-- simpler one.
select
    null::varchar as sku, null::varchar as book, null::integer as origin, null::integer as week, null::integer as horizon,
    null::varchar as model, null::decimal(18, 4) as units
limit 0

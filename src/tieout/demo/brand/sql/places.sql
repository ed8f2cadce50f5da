-- Grain: one place.
select *
from (
    values
        ('MAIN', 'Main warehouse', 'warehouse', 'US', 'US-AZ', 'America/Phoenix'),
        ('WEST', 'Western 3PL', '3pl', 'US', 'US-NV', 'America/Los_Angeles'),
        ('FBA', 'Fulfilment by Amazon', 'fba', 'US', 'US-PA', 'America/New_York'),
        ('ROAD', 'On the road', 'transit', 'US', null, 'America/Phoenix')
) as places (location, name, type, country, tax_region, timezone)

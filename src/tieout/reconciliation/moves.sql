-- The moves of the walk as lines: out of where the value was booked, into where it belongs.
-- Grain: one row per kept point, step and end. Σ amount of a step is zero.
with steps as (
    select unit_id, half, journal_id, 'period' as step, date as date_from, date_to, quantity, quantity as quantity_to, amount,
        {'role': role, 'sku': sku_from, 'location': location_from, 'channel': channel_from, 'period': period,
            'date': date} as here,
        {'role': role, 'sku': sku_from, 'location': location_from, 'channel': channel_from, 'period': period_to,
            'date': date_to} as there
    from walk
    where period_to <> period
    union all
    select unit_id, half, journal_id, 'account', date, date_to, quantity, quantity, amount,
        {'role': role, 'sku': sku_from, 'location': location_from, 'channel': channel_from, 'period': period_to,
            'date': date_to},
        {'role': role_to, 'sku': sku, 'location': location, 'channel': channel, 'period': period_to, 'date': date_to}
    from walk
    where role_to <> role
    union all
    select unit_id, half, journal_id, case when component is null then 'sku' else 'kit' end, date, date_to,
        quantity, quantity_to, amount,
        {'role': role_to, 'sku': sku, 'location': location, 'channel': channel, 'period': period_to, 'date': date_to},
        {'role': role_to, 'sku': sku_to, 'location': location, 'channel': channel, 'period': period_to, 'date': date_to}
    from walk
    where sku_to <> sku
    union all
    select unit_id, half, journal_id, 'location', date, date_to, quantity_to, quantity_to, amount,
        {'role': role_to, 'sku': sku_to, 'location': location, 'channel': channel, 'period': period_to, 'date': date_to},
        {'role': role_to, 'sku': sku_to, 'location': location_to, 'channel': channel, 'period': period_to, 'date': date_to}
    from walk
    where location_to <> location
    union all
    select unit_id, half, journal_id, 'channel', date, date_to, quantity_to, quantity_to, amount,
        {'role': role_to, 'sku': sku_to, 'location': location_to, 'channel': channel, 'period': period_to, 'date': date_to},
        {'role': role_to, 'sku': sku_to, 'location': location_to, 'channel': channel_to, 'period': period_to,
            'date': date_to}
    from walk
    where channel_to <> channel
)
select unit_id, half, journal_id, step, date_from, date_to, here.*, -quantity as quantity, -amount as amount from steps
union all
select unit_id, half, journal_id, step, date_from, date_to, there.*, quantity_to, amount from steps

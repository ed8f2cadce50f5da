-- The standard cost of each sku, from when to when.
-- Grain: one row per sku and span between two changes. Functional currency; ``cost_id``: the document that set it, blank
-- for the one of the item.
with dated as (
    select cost_id, sku, effective_at as valid_from, coalesce(recorded_at, effective_at) as known_at,
        converted(unit_cost, rates.rate)::decimal(18, 6) as standard_cost
    from (
        select *, local_date(effective_at) as date
        from costs
        cross join as_of
        where type = 'standard_cost' and sku is not null and unit_cost is not null
            and effective_at <= as_of.moment and (voided_at is null or voided_at > as_of.moment)
    ) as documents
    cross join settings
    asof join rates
        on coalesce(documents.currency, settings.currency) = rates.currency and documents.date >= rates.rate_date
),
first_rates as (
    select currency, arg_min(rate, rate_date) as rate from rates group by currency
),
standards as (
    select null as cost_id, sku, timestamptz '1900-01-01 00:00:00+00' as valid_from,
        timestamptz '1900-01-01 00:00:00+00' as known_at,
        converted(standard_cost, first_rates.rate)::decimal(18, 6) as standard_cost
    from items
    cross join settings
    join first_rates on coalesce(items.currency, settings.currency) = first_rates.currency
    where standard_cost is not null
    union all by name
    from dated
    qualify row_number() over (partition by sku, valid_from order by known_at desc, cost_id desc) = 1
)
select cost_id, sku, standard_cost, valid_from,
    lead(valid_from, 1, timestamptz '2200-01-01 00:00:00+00') over (partition by sku order by valid_from) as valid_until
from standards

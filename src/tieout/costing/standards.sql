-- The standard cost of each sku, from when to when.
-- Grain: one row per sku and span between two changes. Functional currency; ``cost_id``: the document that set it, and its
-- ``date``, blank for the one of the item. As known then, it holds from when it was recorded.
with dated as (
    select cost_id, sku, known_from as valid_from, coalesce(recorded_at, effective_at) as known_at, date,
        converted(unit_cost, rates.rate)::decimal(18, 6) as standard_cost
    from (
        select costs.*, local_date(effective_at) as date,
            case when settings.knowledge = 'as_known' then greatest(effective_at, recorded_at) else effective_at end
                as known_from
        from costs
        cross join as_of
        cross join settings
        where type = 'standard_cost' and sku is not null and unit_cost is not null
            and known_from <= as_of.moment and (voided_at is null or voided_at > as_of.moment)
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
select cost_id, sku, standard_cost, date, valid_from,
    lead(valid_from, 1, timestamptz '2200-01-01 00:00:00+00') over (partition by sku order by valid_from) as valid_until
from standards

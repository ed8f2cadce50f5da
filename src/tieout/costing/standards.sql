-- The standard cost of each sku, from when to when.
-- Grain: one row per sku and span between two changes. Functional currency; ``cost_id``: the document that set it, and its
-- ``date``, blank for the one of the item. As known then, it holds from when it was recorded until it was withdrawn, when the one
-- before it comes back (``void of`` the document, ``void_of``).
with dated as (
    select cost_id, sku, known_from as valid_from, coalesce(recorded_at, effective_at) as known_at, date, voided_at,
        converted(unit_cost, rates.rate)::decimal(18, 6) as standard_cost
    from (
        select costs.*, local_date(effective_at) as date,
            case when settings.knowledge = 'as_known' then greatest(effective_at, recorded_at) else effective_at end
                as known_from
        from costs
        cross join as_of
        cross join settings
        where type = 'standard_cost' and sku is not null and unit_cost is not null
            and known_from <= as_of.moment
            and (voided_at is null or voided_at > as_of.moment or settings.knowledge = 'as_known' and voided_at > known_from)
    ) as documents
    cross join settings
    asof join rates
        on coalesce(documents.currency, settings.currency) = rates.currency and documents.date >= rates.rate_date
),
first_rates as (
    select currency, arg_min(rate, rate_date) as rate from rates group by currency
),
documents as (
    select null as cost_id, sku, timestamptz '1900-01-01 00:00:00+00' as valid_from,
        timestamptz '1900-01-01 00:00:00+00' as known_at,
        converted(standard_cost, first_rates.rate)::decimal(18, 6) as standard_cost
    from items
    cross join settings
    join first_rates on coalesce(items.currency, settings.currency) = first_rates.currency
    where standard_cost is not null
    union all by name
    from dated
),
changes as (
    select sku, valid_from, arg_max(cost_id, (known_at, coalesce(cost_id, ''))) as cost_id, null as void_of
    from documents
    group by all
    union all by name
    select sku, voided_at as valid_from, 'void of ' || max(cost_id) as cost_id, max(cost_id) as void_of
    from documents
    where voided_at <= (select moment from as_of)
    group by all
),
standards as (
    select changes.sku, changes.valid_from, arg_min(changes.cost_id, coalesce(void_of, '')) as cost_id,
        case when count(*) = count(void_of) then max(void_of) end as void_of,
        arg_max(
            documents.standard_cost, (documents.valid_from, documents.known_at, coalesce(documents.cost_id, ''))
        ) as standard_cost,
        arg_max(documents.date, (documents.valid_from, documents.known_at, coalesce(documents.cost_id, ''))) as set_on
    from changes
    left join documents
        on changes.sku = documents.sku and documents.valid_from <= changes.valid_from
        and (documents.voided_at is null or documents.voided_at > changes.valid_from)
    group by all
)
select cost_id, void_of, sku, standard_cost, case when void_of is null then set_on else local_date(valid_from) end as date,
    valid_from,
    lead(valid_from, 1, timestamptz '2200-01-01 00:00:00+00') over (partition by sku order by valid_from) as valid_until
from standards

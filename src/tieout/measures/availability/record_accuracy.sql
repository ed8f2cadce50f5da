-- How right each record of the stock is, against physical counts; the measures by their standard names.
-- Grain: one row per period, record, what it is held against (``record_observations``) and measure. ``unit``: share, units or
-- currency. A share is numerator ÷ denominator, NULL with a ``reason`` where there is nothing to divide by; a sum has no
-- denominator; exact, shares to six places. ``n``: items counted at a place (for money those with a known unit cost). Record −
-- count: net is signed, gross is not.
with observations as (
    select *, recorded - counted as difference,
        share_of_money(pool.amount, (recorded - counted)::decimal(18, 4), pool.quantity) as amount,
        share_of_money(pool.amount, counted::decimal(18, 4), pool.quantity) as counted_amount
    from record_observations
),
sums as (
    select period, record, against, count(*) as n, count(amount) as n_valued, any_value(count_tolerance_percent) as tolerance,
        count(*) filter (where difference = 0) as exact,
        count(*) filter (where 100 * abs(difference) <= count_tolerance_percent * greatest(counted, 1)) as within,
        sum(abs(difference)) as units_gross, sum(abs(amount)) as value_gross, sum(amount) as value_net,
        sum(counted_amount) as counted_value,
        sum(case when difference = 0 then 0
            else round((2 * abs(difference) / (abs(recorded) + counted))::decimal(38, 10), 8) end) as smape,
        count(*) filter (where counted = 0) as empty, count(*) filter (where counted = 0 and recorded > 0) as phantom,
        count(*) filter (where counted > 0) as filled, count(*) filter (where counted > 0 and recorded <= 0) as hidden,
        count(*) filter (where recorded < 0) as negative
    from observations
    cross join settings
    group by period, record, against
),
measures as (
    select period, record, against, tolerance, unnest([
        {'place': 1, 'measure': 'binary_ira', 'unit': 'share', 'numerator': exact::decimal(38, 8),
            'denominator': n::decimal(38, 8), 'n': n, 'lacking': ''},
        {'place': 2, 'measure': 'ira_with_tolerance', 'unit': 'share', 'numerator': within::decimal(38, 8),
            'denominator': n::decimal(38, 8), 'n': n, 'lacking': ''},
        {'place': 3, 'measure': 'absolute_unit_error', 'unit': 'units', 'numerator': units_gross::decimal(38, 8),
            'denominator': null, 'n': n, 'lacking': ''},
        {'place': 4, 'measure': 'gross_value_variance', 'unit': 'currency', 'numerator': value_gross::decimal(38, 8),
            'denominator': null, 'n': n_valued, 'lacking': ''},
        {'place': 5, 'measure': 'net_value_variance', 'unit': 'currency', 'numerator': value_net::decimal(38, 8),
            'denominator': null, 'n': n_valued, 'lacking': ''},
        {'place': 6, 'measure': 'gross_value_error_rate', 'unit': 'share', 'numerator': value_gross::decimal(38, 8),
            'denominator': counted_value::decimal(38, 8), 'n': n_valued, 'lacking': 'nothing of value was counted'},
        {'place': 7, 'measure': 'smape_of_records', 'unit': 'share', 'numerator': smape::decimal(38, 8),
            'denominator': n::decimal(38, 8), 'n': n, 'lacking': ''},
        {'place': 8, 'measure': 'phantom_stock_rate', 'unit': 'share', 'numerator': phantom::decimal(38, 8),
            'denominator': empty::decimal(38, 8), 'n': n, 'lacking': 'no count found an empty place'},
        {'place': 9, 'measure': 'hidden_stock_rate', 'unit': 'share', 'numerator': hidden::decimal(38, 8),
            'denominator': filled::decimal(38, 8), 'n': n, 'lacking': 'no count found any stock'},
        {'place': 10, 'measure': 'negative_records', 'unit': 'units', 'numerator': negative::decimal(38, 8),
            'denominator': null, 'n': n, 'lacking': ''}
    ]) as line
    from sums
),
lines as (
    select period, record, against, tolerance, unnest(line) from measures
)
select period, record, against, measure,
    case when unit <> 'share' then lines.numerator::decimal(38, 6)
        when lines.denominator > 0 then (half_up(
            (lines.numerator * 100000000)::hugeint * 1000000, (lines.denominator * 100000000)::hugeint
        )::decimal(38, 6) * 0.000001)::decimal(38, 6) end as value,
    lines.numerator::decimal(38, 6) as numerator, lines.denominator::decimal(38, 6) as denominator, n,
    case when measure = 'ira_with_tolerance' then tolerance end as tolerance_percent, unit,
    case when unit = 'share' and (lines.denominator > 0) is not true then lacking
        when lines.numerator is null then 'no unit cost is known' end as reason
from lines
order by period, record, against, place

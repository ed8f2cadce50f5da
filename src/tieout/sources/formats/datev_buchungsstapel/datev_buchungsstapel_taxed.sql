-- The postings, and the tax that DATEV itself takes out of them when it books: the batch has none of it.
-- Grain: one row per posting; ``tax`` 0 or more, in the currency of the books, to ``tax_account``. It is taken out of ``konto``
-- (``is_first_taxed``) or of ``gegenkonto``: by the key (2, 3: 7 and 19 % of sales; 8, 9: of purchases) out of the one that is no
-- customer, supplier or bank, else out of an account to which the standard chart gives that function. Charts have four digits;
-- where accounts have more, zeros follow. ``is_open``: there may be tax that neither tells.
with functions (chart, first, last, rate, tax_account) as (
    values
        ('03', '3300', '3309', 7, '1571'), ('03', '3400', '3409', 19, '1576'), ('03', '8300', '8309', 7, '1771'),
        ('03', '8400', '8410', 19, '1776'), ('03', '8710', '8711', 7, '1771'), ('03', '8720', '8721', 19, '1776'),
        ('04', '5300', '5309', 7, '1401'), ('04', '5400', '5409', 19, '1406'), ('04', '4300', '4309', 7, '3801'),
        ('04', '4400', '4410', 19, '3806'), ('04', '4710', '4711', 7, '3801'), ('04', '4720', '4721', 19, '3806')
),
keys (tax_key, rate, in_03, in_04, called) as (
    values
        ('2', 7, '1771', '3801', 'Umsatzsteuer 7 %'), ('3', 19, '1776', '3806', 'Umsatzsteuer 19 %'),
        ('8', 7, '1571', '1401', 'Vorsteuer 7 %'), ('9', 19, '1576', '1406', 'Vorsteuer 19 %')
),
nil (booking_key) as (
    -- Free of tax, or owed and deducted at once (within the EU, or as the customer): it is in no other account.
    select unnest(['10', '11', '16', '17', '18', '19', '50', '91', '94', '31', '34', '60', '61', '66', '67', '68', '69', '70'])
),
sided as (
    select *,
        length(konto) > digits or chart = '03' and konto[1] = '1' or chart = '04' and konto[1] in ('1', '2', '3')
            as is_first_settling,
        length(gegenkonto) > digits or chart = '03' and gegenkonto[1] = '1' or chart = '04' and gegenkonto[1] in ('1', '2', '3')
            as is_second_settling
    from datev_buchungsstapel_postings
),
found as (
    select sided.*, own.rate is not null as is_own, coalesce(own.rate, other.rate) as function_rate,
        rpad(coalesce(own.tax_account, other.tax_account), digits, '0') as function_account, keys.rate as key_rate,
        case sided.chart when '03' then rpad(keys.in_03, digits, '0') when '04' then rpad(keys.in_04, digits, '0')
            else keys.called end as key_account
    from sided
    left join keys on sided.tax_key = keys.tax_key and correction in ('', '2')
    left join functions as own
        on sided.chart = own.chart and length(konto) = digits and left(konto, 4) between own.first and own.last
    left join functions as other
        on sided.chart = other.chart and length(gegenkonto) = digits and left(gegenkonto, 4) between other.first and other.last
),
rated as (
    select *, if(key_rate is null, is_own, not is_first_settling) as is_first_taxed,
        if(key_rate is null, function_account, key_account) as tax_account,
        case when key_rate is not null and is_first_settling <> is_second_settling then key_rate
            when booking_key is null or booking_key = '20' then function_rate end as rate,
        -- Of the second half of 2020 the rates were others.
        day between '2020-07-01' and '2020-12-31' as has_other_rates
    from found
)
select source_file, source_row, name, day, document, digits, chart, booking_key, eu_rate, umsatz, foreign_amount, currency, konto,
    gegenkonto, gross, sign, is_first_taxed, tax_account,
    case when rate is null or has_other_rates then 0
        else from_minor_units(half_up(minor_units(gross) * rate, 100 + rate)) end as tax,
    case when rate is not null then has_other_rates
        when booking_key is null then chart not in ('03', '04') or eu_rate <> 0
        else key_rate is not null or length(booking_key) > 2 or correction in ('', '2') and tax_key between '4' and '7'
            or correction in ('1', '3', '5', '6', '7', '9') and booking_key not in (from nil) end as is_open
from rated

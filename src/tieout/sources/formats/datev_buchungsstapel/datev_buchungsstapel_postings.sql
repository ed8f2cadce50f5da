-- The postings of DATEV's batches as they are written: day, accounts, amount and key.
-- Grain: one row per row of the export. ``gross`` in the currency of the books; ``sign``: 1 where it debits ``konto``. ``day``:
-- the Belegdatum (day and month) in the fiscal year that begins where the first line says. ``digits``: the length of the numbers
-- of ledger accounts; those of customers and suppliers have one more. ``chart``: 03 or 04, or blank. Of a key of two digits the
-- first (``correction``) takes the function of the account back (4), or reverses the posting (2, 3, 6, 7, 8).
-- ``eu_rate``: the percentage of another country's tax.
with headed as (
    select * replace (case when number(basis_umsatz) <> 0 then basis_umsatz end as basis_umsatz),
        try_strptime(split_part(file_preamble, chr(9), 1), '%Y%m%d')::date as year_start,
        coalesce(try_cast(split_part(file_preamble, chr(9), 2) as integer), 4) as digits,
        split_part(file_preamble, chr(9), 4) as chart, nullif(ltrim(bu_schluessel, '0'), '') as booking_key,
        if(length(belegdatum) = 3, '0', '') || belegdatum as ddmm
    from datev_buchungsstapel
    where is_data
),
keyed as (
    select *, if(length(booking_key) = 2, booking_key[1], '') as correction,
        case when length(booking_key) <= 2 then booking_key[-1] end as tax_key,
        year(year_start) + if(try_strptime(ddmm || year(year_start), '%d%m%Y')::date >= year_start, 0, 1) as day_year
    from headed
),
dated as (
    select *, coalesce(strftime(try_strptime(ddmm || day_year, '%d%m%Y'), '%Y-%m-%d'), belegdatum) as day,
        upper(coalesce(generalumkehr, '0')) in ('1', 'G')
            or generalumkehr is null and correction in ('2', '3', '6', '7', '8') as is_reversal
    from keyed
)
select source_file, source_row, day, belegfeld_1 as document, digits, chart, booking_key, correction, tax_key, umsatz,
    coalesce(number(eu_steuersatz), 0) as eu_rate,
    if(length(konto) < digits, lpad(konto, digits, '0'), konto) as konto,
    if(length(gegenkonto) < digits, lpad(gegenkonto, digits, '0'), gegenkonto) as gegenkonto,
    number(coalesce(basis_umsatz, umsatz)) as gross, case when basis_umsatz is not null then umsatz end as foreign_amount,
    coalesce(case when basis_umsatz is not null then wkz_umsatz end, nullif(split_part(file_preamble, chr(9), 3), ''), 'EUR')
        as currency,
    if(upper(soll_haben) = 'H', -1, 1) * if(is_reversal, -1, 1) as sign,
    coalesce(buchungs_guid, concat_ws(' ', day, document, konto || '/' || gegenkonto, umsatz, soll_haben, booking_key,
        case when is_reversal then 'GU' end)) as name
from dated

-- What each row of the report is about, whatever the language of the account.
-- Grain: one row of the report. ``document``: a name that stays the same in every report that has the row; ``number`` parts rows
-- that are alike in it. Months are read by their first letters (Sept, juil., set, Mär), ``a.m.`` as ``AM``. The currency is what
-- the preamble says, else the marketplace's.
with clocks as (
    select *, nullif(regexp_extract(date_time, '\p{L}{3,}\.?'), '') as word,
        lower(type) as event, lower(coalesce(description, '')) as said
    from amazon_date_range
    where is_data
),
settled as (
    select settlement_id,
        coalesce(max(lower(marketplace)) filter (where marketplace ilike 'amazon%'), 'amazon') as channel
    from clocks
    group by all
),
timed as (
    select *, map {
            'jan': 'Jan', 'gen': 'Jan', 'ene': 'Jan', 'feb': 'Feb', 'fev': 'Feb', 'mar': 'Mar', 'maa': 'Mar', 'mrt': 'Mar',
            'apr': 'Apr', 'avr': 'Apr', 'abr': 'Apr', 'may': 'May', 'mai': 'May', 'mag': 'May', 'mei': 'May', 'jun': 'Jun',
            'juin': 'Jun', 'giu': 'Jun', 'jul': 'Jul', 'juil': 'Jul', 'lug': 'Jul', 'aug': 'Aug', 'aou': 'Aug', 'ago': 'Aug',
            'sep': 'Sep', 'set': 'Sep', 'oct': 'Oct', 'okt': 'Oct', 'ott': 'Oct', 'nov': 'Nov', 'dec': 'Dec', 'dez': 'Dec',
            'dic': 'Dec'
        }[left(strip_accents(lower(word)), case when lower(word) like 'jui%' then 4 else 3 end)] as month
    from clocks
),
judged as (
    select *,
        iso_time(regexp_replace(coalesce(replace(date_time, word, month), date_time), '(?i)\b([ap])\.m\.', '\1m'),
            file_zone, file_dates) as posted_at,
        case
            when event in ('transfer', 'übertrag', 'transfert', 'trasferimento', 'transferir', 'overboeking', '振込み')
                then 'transfer'
            when regexp_matches(event, '^(debt|verbindlichkeit|solde négatif|saldo|schuld)') or said like '%reserve amount%'
                then 'reserve'
            when event like '%safe-t%' or regexp_matches(event, 'adjust|anpassung|ajust|modifica|調整')
                and regexp_matches(said, 'reimburs|erstattung|rembours|rimbors|reembols|補填') then 'reimbursement'
            when regexp_matches(event, '^(refund|erstattung|rembours|rimbors|reembols|terugbetaling|返金)|chargeback|a-to-z')
                then 'refund'
            when regexp_matches(event, 'fee|gebühr|kosten|frais|tarif|costo|commissione|手数料|料金|deals|shipping services')
                then 'fee'
            when regexp_matches(event, 'adjust|anpassung|ajust|modifica|調整') then 'adjustment'
            when number(product_sales) <> 0 or regexp_matches(event, '^(order|bestellung|commande|ordine|pedido|注文)') then 'sale'
            else 'other'
        end as kind,
        case
            when regexp_matches(said, 'advertis|werbekosten|publicit|pubblicit|publicidad|広告') then 'advertising'
            when regexp_matches(said || event, 'storage|lagergebühr|stoccaggio|inventory fee|frais de stock|inventario|在庫')
                and not regexp_matches(said, 'inbound|transport|removal|disposal|fracht') then 'storage'
            when regexp_matches(said || event, 'shipping|inbound|transport|removal|disposal|fracht|postage') then 'fulfilment'
            else 'other'
        end as fee_type
    from timed
)
select judged.*, settled.channel,
    case when lower(file_preamble) = 'euro' then 'EUR'
        when length(file_preamble) = 3 then upper(file_preamble)
        else map {
            'amazon.com': 'USD', 'amazon.ca': 'CAD', 'amazon.com.mx': 'MXN', 'amazon.com.br': 'BRL', 'amazon.co.uk': 'GBP',
            'amazon.de': 'EUR', 'amazon.fr': 'EUR', 'amazon.it': 'EUR', 'amazon.es': 'EUR', 'amazon.nl': 'EUR',
            'amazon.com.be': 'EUR', 'amazon.ie': 'EUR', 'amazon.se': 'SEK', 'amazon.pl': 'PLN', 'amazon.com.tr': 'TRY',
            'amazon.ae': 'AED', 'amazon.sa': 'SAR', 'amazon.in': 'INR', 'amazon.sg': 'SGD', 'amazon.com.au': 'AUD',
            'amazon.co.jp': 'JPY', 'amazon.jp': 'JPY'
        }[settled.channel] end as currency,
    concat_ws(':', posted_at, coalesce(order_id, type), coalesce(sku, '')) as document,
    row_number() over (partition by settlement_id, posted_at, coalesce(order_id, type), sku
        order by description, total, source_file, source_row) as number
from judged
join settled using (settlement_id)

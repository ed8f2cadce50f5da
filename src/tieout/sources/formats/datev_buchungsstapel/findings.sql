-- What DATEV books by itself and does not write into a batch: tax.
-- Grain: one row per file and kind of remark. Amount: the tax that was taken out; of the open ones the gross.
with taxed as (
    select *, count(*) over (partition by source_file) as postings from datev_buchungsstapel_taxed
)
select 'tax_by_rule' as finding, 'info' as severity, 'gl_lines' as "table", source_file as id,
    format('tax was taken out of {:,} of {:,} postings as their keys{} say: the batch itself does not state it', count(*),
        any_value(postings), coalesce(' and the standard chart SKR ' || any_value(nullif(chart, '')), '')) as message,
    count(*) as quantity, sum(tax) as amount
from taxed
where tax <> 0
group by source_file
union all
select 'tax_open', 'warning', 'gl_lines', source_file,
    format('tax that is not known may be in {:,} of {:,} postings: {}', count(*), any_value(postings), concat_ws('; ',
        case when bool_or(booking_key is null and chart not in ('03', '04'))
            then 'the first line names no chart of accounts (field 27: 03 or 04)' end,
        'tax keys ' || string_agg(distinct booking_key, ', ' order by booking_key),
        case when bool_or(eu_rate <> 0) then 'rates of other countries (EU-Steuersatz)' end,
        case when bool_or(day between '2020-07-01' and '2020-12-31') then 'the rates of 2020' end)),
    count(*), sum(gross)
from taxed
where is_open
group by source_file

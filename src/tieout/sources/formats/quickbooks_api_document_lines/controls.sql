-- Are the lines and the tax of the documents their totals?
-- Grain: one row per file; the documents that it has lines of, in all currencies.
select source_file, 'totals of the documents' as control, source_file as id,
    coalesce(sum(signed) filter (where line_no = 'total'), 0)::decimal(38, 6) as expected,
    coalesce(-sum(signed) filter (where line_no <> 'total'), 0)::decimal(38, 6) as found
from quickbooks_api_document_lines_posted
group by source_file

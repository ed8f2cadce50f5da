-- Are the items the grand total, and does what each opened with, and took in and gave out, lead to what it closed with?
-- Grain: one row per control and file. Where units differ Tally's total of quantities is of a part only.
with summed as (
    select source_file,
        any_value(coalesce(number(closing_balance), 0)) filter (where particulars = 'Grand Total') as total_quantity,
        any_value(coalesce(number(closing_value), 0)) filter (where particulars = 'Grand Total') as total_value,
        coalesce(sum(number(closing_balance)) filter (where is_data), 0) as quantity,
        coalesce(sum(number(closing_value)) filter (where is_data), 0) as value,
        count(*) filter (where is_data
            and coalesce(number(opening_balance), 0) + coalesce(number(inwards), 0) - coalesce(number(outwards), 0)
                <> coalesce(number(closing_balance), 0)) as astray
    from tally_godown_summary
    group by source_file
)
select source_file, 'closing quantity' as control, source_file as id, total_quantity as expected, quantity as found
from summed where total_quantity is not null
union all
select source_file, 'closing value', source_file, total_value, value from summed where total_value is not null
union all
select source_file, 'items whose movements do not lead to their closing quantity', source_file, 0, astray from summed

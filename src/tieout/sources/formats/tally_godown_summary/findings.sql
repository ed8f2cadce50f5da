-- Groups that were not unfolded when the report was exported: their items are missing.
-- Grain: one row per such group; quantity and amount as the group closed.
with rows as (
    select *, split_part(file_style, ' ', 1) as letters,
        coalesce(lead(split_part(file_style, ' ', 1)) over (partition by source_file order by source_row), 'bold') as next_letters
    from tally_godown_summary
    where particulars is not null
)
select 'collapsed_group' as finding, 'warning' as severity, 'stock_snapshots' as "table", source_file as id,
    particulars || ' stands there without its items; unfold it in Tally and export again' as message,
    coalesce(number(closing_balance), 0)::decimal(18, 4) as quantity,
    coalesce(number(closing_value), 0)::decimal(38, 6) as amount
from rows
where particulars <> 'Grand Total' and coalesce(closing_balance, closing_value) is not null
    and (letters = 'bold' and next_letters = 'bold' or letters = 'plain' and next_letters <> 'italic')

-- The books as they would be after each fix, period by period.
-- Grain: one row per period and scenario. Functional currency, money positive in the sense of its name.
-- Kinds: ``book`` as it is. ``cause_family``: recorded plus the corrections (evidence A to C) of one family: the ledger's journal
-- replayed without its errors. ``fix``: explode_kits, recorded plus what the replay of kits by their components corrects
-- (kit_parts.sql, causes kit_not_exploded and kit_component_dropped); pass_cost_layers, recorded units at the layers that the
-- replay takes (step unit_cost of the walk, of any cause). ``interval``: the expected book with each line posted at the close of
-- its interval, costs as the replay in that order has them (as_posted.sql); 0 minutes is the expected book.
-- ``to_recorded``, ``to_corrected``: gross profit less that of the book; ``misplaced``: less that of the book that it aims at,
-- expected for an interval, else corrected; ``distorted``: Σ |amount| of the lines that still stand wrong: of the corrections not
-- made, of an interval the lines that it moves or revalues; ``reason``: why there is no margin.
with fixes as (
    select 'cause_family' as kind, family as scenario, period, role, amount from corrections where evidence in ('A', 'B', 'C')
    union all
    select 'fix', 'explode_kits', period, role, amount
    from corrections
    where evidence in ('A', 'B', 'C') and cause in ('kit_not_exploded', 'kit_component_dropped')
    union all
    select 'fix', 'pass_cost_layers', period, role, amount
    from corrections
    where evidence in ('A', 'B', 'C') and step = 'unit_cost'
),
changes as (
    select kind, scenario, null::integer as minutes, 'recorded' as book, period, role, amount from fixes
    union all
    select 'interval', 'every_' || minutes || '_minutes', minutes, 'expected', period, role, amount from interval_lines
),
scenarios as (
    select distinct kind, scenario, null::integer as minutes, 'recorded' as book
    from changes
    where kind = 'cause_family'
    union all
    select 'fix', scenario, null, 'recorded' from (values ('explode_kits'), ('pass_cost_layers')) as fixes (scenario)
    union all
    select 'interval', 'every_' || minutes || '_minutes', minutes, 'expected' from posting_intervals
    union all
    select 'book', book, null, book from (values ('recorded'), ('corrected'), ('expected')) as books (book)
),
effects as (
    select kind, scenario, period, sum(case when role = 'revenue' then -amount else 0 end) as revenue,
        sum(case when role = 'cogs' then amount else 0 end) as cogs,
        sum(case when is_gross_profit(role) then -amount else 0 end) as gross_profit,
        sum(abs(amount)) as touched
    from changes
    group by all
),
wrong as (
    select period, sum(abs(amount)) as recorded,
        sum(case when evidence in ('A', 'B', 'C') then 0 else abs(amount) end) as corrected
    from corrections
    group by period
),
books as (
    select periods.number, scenarios.*, margin.period, margin.revenue + coalesce(effects.revenue, 0) as revenue,
        margin.cogs + coalesce(effects.cogs, 0) as cogs, margin.gross_profit + coalesce(effects.gross_profit, 0) as gross_profit,
        case scenarios.book when 'recorded' then coalesce(wrong.recorded, 0) - coalesce(effects.touched, 0)
            when 'corrected' then coalesce(wrong.corrected, 0) else coalesce(effects.touched, 0) end as distorted
    from scenarios
    join margin using (book)
    join periods using (period)
    left join effects
        on scenarios.kind = effects.kind and scenarios.scenario = effects.scenario and margin.period = effects.period
    left join wrong on margin.period = wrong.period
)
select
    books.period, books.scenario, kind, minutes, money(books.revenue) as revenue, money(books.cogs) as cogs,
    money(books.gross_profit) as gross_profit, books.gross_profit / nullif(books.revenue, 0) as gross_margin,
    money(books.gross_profit - recorded.gross_profit) as to_recorded,
    money(books.gross_profit - corrected.gross_profit) as to_corrected,
    money(books.gross_profit - if(kind = 'interval', expected.gross_profit, corrected.gross_profit)) as misplaced,
    money(distorted) as distorted,
    case when books.revenue = 0 then 'no revenue' end as reason
from books
join margin as recorded on books.period = recorded.period and recorded.book = 'recorded'
join margin as corrected on books.period = corrected.period and corrected.book = 'corrected'
join margin as expected on books.period = expected.period and expected.book = 'expected'
order by number, kind, minutes, scenario

-- What kind of seller each item is, and whether there is too much or too little of it, by what was recorded and by what is
-- right.
-- Grain: one row per sku that is on hand or was in demand, and book (recorded, corrected), at "now". Functional currency.
-- Demand, corrected: shipments of stocked goods (kits as their components); recorded: the units that the ledger's cost of
-- sales took. The last 52 weeks count, from the item's first demand on; a week without demand is zero.  ``abc``: A the
-- items of the first 80 % of ``usage`` (at cost), B up to 95 %, C the rest;  ``xyz``: variation of weekly demand, X to 0.5,
-- Y to 1.0, Z above;  ``pattern``: interval between weeks with demand (1.32) and squared variation of their sizes (0.49),
-- insufficient under two such weeks.  ``velocity``: best_seller the top 20 % by units of the last 90 days; slow_mover more
-- than 180 days of cover, or nothing in 90 days; new under 90 days.
-- ``days_of_cover`` = on hand ÷ daily demand of 90 days.  ``is_dead``: on hand without demand in 180 days; ``is_negative``:
-- below zero at some place.  ``overstock`` and ``understock``: on hand against inventory.cover_days of that demand, what is
-- too much at its cost, what is short at that of what was sold; new items have neither. NULL with a ``reason`` where the
-- ledger's cost of sales has no units by item.
with now as (
    select local_date(moment) as today from as_of
),
movements as (
    select 'corrected' as book, sku, date, quantity, amount
    from valued_legs
    where type = 'shipment' and operation = 'out' and void_of is null
    union all
    select 'recorded', sku, date, quantity, amount
    from booked_lines
    where role = 'cogs' and quantity > 0 and sku is not null
),
sold as (
    select book, sku, date_diff('day', date, today) as age, quantity, amount
    from movements
    cross join now
    where date <= today
),
firsts as (
    select sku, max(age) as age from sold group by sku
),
arrivals as (
    select sku, max(date_diff('day', date, today)) as age
    from valued_legs
    cross join now
    where operation in ('in', 'group_in')
    group by sku
),
weekly as (
    select book, sku, age // 7 as week, sum(quantity) as quantity, sum(amount) as amount,
        sum(quantity) filter (where age < 90) as recent, sum(quantity) filter (where age < 180) as half_year
    from sold
    where age < 364
    group by all
),
demand as (
    select book, sku, sum(quantity) as units, sum(amount) as usage, coalesce(sum(recent), 0) as recent,
        coalesce(sum(half_year), 0) as half_year, count(*) as busy_weeks,
        sum(quantity::decimal(38, 4) * quantity::decimal(18, 4)) as squares
    from weekly
    where quantity > 0
    group by all
),
stock as (
    select book, sku, sum(quantity) as on_hand, sum(amount) as amount, bool_or(quantity < 0) as is_negative
    from inventory
    join periods using (period)
    where number = (select max(number) from periods) and book in ('recorded', 'corrected') and sku is not null
    group by all
),
facts as (
    select names.book, skus.sku, coalesce(units, 0) as units, coalesce(usage, 0) as usage, coalesce(recent, 0) as recent,
        coalesce(half_year, 0) as half_year, coalesce(busy_weeks, 0) as busy_weeks, coalesce(squares, 0) as squares,
        least(52, firsts.age // 7 + 1) as weeks, coalesce(greatest(arrivals.age, firsts.age), 0) as age,
        coalesce(on_hand, 0) as on_hand, coalesce(amount, 0) as amount, coalesce(is_negative, false) as is_negative,
        case when names.book = 'recorded' and not exists (from sold where book = 'recorded')
            then 'the ledger books no units of cost of sales by item' end as reason
    from (select sku from firsts union select sku from stock where on_hand <> 0 or amount <> 0) as skus
    cross join (values ('recorded'), ('corrected')) as names (book)
    left join demand on names.book = demand.book and skus.sku = demand.sku
    left join stock on names.book = stock.book and skus.sku = stock.sku
    left join firsts on skus.sku = firsts.sku
    left join arrivals on skus.sku = arrivals.sku
),
ranked as (
    select *,
        sum(usage) over (partition by book order by usage desc, sku) - usage as usage_before,
        sum(usage) over (partition by book) as usage_of_all,
        row_number() over (partition by book order by recent desc, sku) as place,
        count(*) filter (where recent > 0) over (partition by book) as sellers,
        sqrt(greatest(weeks * squares - units::double * units::double, 0)) / nullif(units::double, 0) as variation,
        weeks / nullif(busy_weeks, 0) as demand_interval,
        greatest(busy_weeks * squares / nullif(units::double * units::double, 0) - 1, 0) as size_variation,
        (recent * cover_days / 90)::decimal(18, 4) as wanted
    from facts
    cross join settings
)
select sku, book,
    case when reason is null then units::decimal(18, 4) end as units, case when reason is null then money(usage) end as usage,
    case when reason is not null then null when usage > 0 and usage_before < 0.8 * usage_of_all then 'A'
        when usage > 0 and usage_before < 0.95 * usage_of_all then 'B' else 'C' end as abc,
    variation,
    case when variation <= 0.5 then 'X' when variation <= 1 then 'Y' when variation > 1 then 'Z' end as xyz,
    demand_interval, size_variation,
    case when reason is not null then null when busy_weeks < 2 then 'insufficient'
        when demand_interval < 1.32 and size_variation < 0.49 then 'smooth' when demand_interval < 1.32 then 'erratic'
        when size_variation < 0.49 then 'intermittent' else 'lumpy' end as pattern,
    case when reason is not null then null when age < 90 then 'new'
        when recent > 0 and place <= ceil(0.2 * sellers) then 'best_seller'
        when on_hand > 0 and (recent = 0 or on_hand > 2 * recent) then 'slow_mover' else 'regular' end as velocity,
    on_hand::decimal(18, 4) as on_hand, money(amount) as amount,
    case when reason is null and on_hand > 0 then on_hand / nullif(recent, 0) * 90 end as days_of_cover,
    case when reason is null then on_hand > 0 and half_year = 0 and age >= 180 end as is_dead, is_negative,
    case when reason is null and age >= 90 then money(case when on_hand > greatest(wanted, 0)
        then coalesce(try(share_of_money(amount, on_hand - wanted, on_hand)), 0) else 0 end) end as overstock,
    case when reason is null and age >= 90 then money(case when wanted > on_hand
        then coalesce(try(share_of_money(usage, wanted - on_hand, units)), 0) else 0 end) end as understock,
    reason
from ranked
order by sku, book desc

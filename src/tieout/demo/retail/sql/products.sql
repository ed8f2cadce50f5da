-- One row per code: its usual name, median real price and what we assume about its cost.
-- Grain: one sku. Prices in GBP; shares and trends in ten-thousandths. The purchase price is 40 % to 60 % of the median
-- price and drifts by -0.2 % to +2.0 % a month.
with named as (
    select sku, description, row_number() over (partition by sku order by count(*) desc, description) as place
    from uses
    where description is not null and (price > 0 or not is_goods)
    group by sku, description
),
priced as (
    select sku, bool_or(is_goods) as is_goods,
        quantile_disc(price, 0.5) filter (where price > 0 and quantity > 0) as price,
        count(*) filter (where use = 'sale') as sales, bool_or(use in ('stock out', 'stock in')) as is_corrected
    from uses
    group by sku
)
select
    priced.sku,
    coalesce(named.description, priced.sku) as name,
    priced.is_goods,
    coalesce(priced.price, 1)::decimal(18, 6) as list_price,
    priced.sales,
    regexp_matches(named.description, '^SET ?[0-9/O]|SET OF') and priced.is_goods and not priced.is_corrected as is_set,
    4000 + draw(priced.sku, 'cost share', 2001) as cost_share,
    draw(priced.sku, 'cost trend', 221) - 20 as cost_trend,
    case when priced.price < 1 then 24 when priced.price < 3 then 12 when priced.price < 10 then 6 else 1 end
        as pack_size,
    draw(priced.sku, 'fed from the north', 10) = 0 as is_fed_from_north,
    draw(priced.sku, 'import', 100) < 30 as is_imported,
    case
        when not priced.is_goods then 'charges'
        when regexp_matches(name, 'CHRISTMAS|XMAS|ADVENT|SANTA|REINDEER') then 'christmas'
        when regexp_matches(name, 'BAG|PURSE|WALLET|LUGGAGE') then 'bags'
        when regexp_matches(name, 'MUG|CUP|TEA|CAKE|BAKING|KITCHEN|PLATE|BOWL|JAR|TIN|LUNCH|SPOON') then 'kitchen'
        when regexp_matches(name, 'LIGHT|CANDLE|LANTERN|LAMP') then 'lights and candles'
        when regexp_matches(name, 'CARD|WRAP|PAPER|PEN|NOTEBOOK|STICKER|RIBBON') then 'stationery'
        when regexp_matches(name, 'GARDEN|PLANT|FLOWER|BIRD|WATERING') then 'garden'
        when regexp_matches(name, 'NECKLACE|EARRING|BRACELET|RING|CHARM') then 'jewellery'
        when regexp_matches(name, 'TOY|DOLL|GAME|PLAY|CHILD|PUZZLE|SKITTLES') then 'toys'
        else 'home'
    end as category
from priced
left join named on priced.sku = named.sku and named.place = 1

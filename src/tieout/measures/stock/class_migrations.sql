-- How many items are in another class than the books say.
-- Grain: one row per classification (abc, xyz, pattern, velocity), recorded class and corrected class; blank where there is
-- none.
-- ``items``: how many; ``amount``: their corrected stock, functional currency; ``moved``: the two classes differ, NULL with a
-- ``reason`` where the books give no classes.
with unknown as (
    select any_value(reason) as reason from stock_classes where book = 'recorded'
),
classes as (
    unpivot (select sku, book, abc, xyz, pattern, velocity, amount from stock_classes)
    on abc, xyz, pattern, velocity
    into name classification value class
),
amounts as (
    select sku, amount from stock_classes where book = 'corrected'
),
pairs as (
    select classification, sku, max(class) filter (where book = 'recorded') as recorded_class,
        max(class) filter (where book = 'corrected') as corrected_class
    from classes
    group by all
)
select classification, recorded_class, corrected_class,
    case when reason is null then recorded_class is distinct from corrected_class end as moved,
    count(*) as items, money(sum(amount)) as amount, reason
from pairs
cross join unknown
join amounts using (sku)
group by all
order by classification, recorded_class, corrected_class

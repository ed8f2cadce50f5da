-- A memo for the tax return: what stock lies in each tax region at each period end, per book.
-- Grain: one row per period, tax region and book; a place without a region has a blank one. Functional currency.
select inventory.period, locations.tax_region, inventory.book, sum(inventory.quantity)::decimal(18, 4) as quantity,
    money(sum(inventory.amount)) as amount
from inventory
join periods using (period)
left join locations using (location)
group by all
order by min(periods.number), locations.tax_region,
    min(array_position(['recorded', 'corrected', 'expected'], inventory.book))

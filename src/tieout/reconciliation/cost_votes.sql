-- Whether a recording system values by another rule than the expected book: of the sales that tell the two apart, how many it
-- booked as the rule says. It is judged per system and item, else per system and category, else per system; over all of its
-- time, and each quarter and period by itself.
-- Grain: one row per source, span, sku and hypothesis that at least 95 % of at least five sales bear out.
with judged as (
    select source, span, sku, category, hypothesis,
        count(*) as of_sku, sum(is_borne_out::integer) as sku_fits,
        sum(count(*)) over by_category as of_category, sum(sum(is_borne_out::integer)) over by_category as category_fits,
        sum(count(*)) over by_source as of_source, sum(sum(is_borne_out::integer)) over by_source as source_fits
    from told_apart
    join intervals using (date)
    group by source, span, sku, category, hypothesis
    window by_category as (partition by source, span, category, hypothesis),
        by_source as (partition by source, span, hypothesis)
)
select source, span, sku, hypothesis
from judged
where case when of_sku >= 5 then 100 * sku_fits >= 95 * of_sku
    when of_category >= 5 then 100 * category_fits >= 95 * of_category
    else of_source >= 5 and 100 * source_fits >= 95 * of_source end

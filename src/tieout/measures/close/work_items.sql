-- What is worked on at once: all that one origin has caused (a bill that is missing is one piece of work, however many sales it
-- moved); where the work is to recompute, one item's whole period.
-- Grain: one row per cause and origin, or per cause, item and period. ``number``: its (first) period; ``cases``: the pairs of
-- cause and event that it clears; ``evidence``: the weakest of them; ``is_avoidable``: it is A or B, so that a rule could have
-- cleared it; ``is_cost``: all of it is unit cost.
with keyed as (
    select cases.*,
        case when work = 'recompute' then coalesce(event_keys.sku, cases.origin_event_id) else cases.origin_event_id end as item,
        case when work = 'recompute' then number end as recomputed
    from cases
    left join event_keys on cases.origin_event_id = event_keys.event_id
)
select cause, any_value(family) as family, item, work, min(number) as number, count(*) as cases, max(evidence) as evidence,
    max(evidence) in ('A', 'B') as is_avoidable, bool_and(is_cost) as is_cost
from keyed
group by cause, item, work, recomputed

-- The claims that stand. Where a receipt's own entry is wrong and the ledger's value of an event is what that makes of it, the
-- event has the receipt's cause. The lines of a cause and unit must balance, else they are unexplained together.
-- Grain: one row per line of ``differences``. ``origin_event_id``: the event or document that the difference comes from.
with origin_causes as (
    select unit_id, arg_max(cause, (abs(amount), cause)) as cause
    from claims
    where half = 'goods' and step in ('account', 'sku', 'quantity', 'unit_cost', 'unmatched')
        and cause not in ('unexplained', 'stale_cost', 'rounding')
    group by unit_id
),
traced as (
    select claims.* replace (
            coalesce(origin_causes.cause, claims.cause) as cause,
            case when origin_causes.cause is null then claims.evidence else 'B' end as evidence),
        case when origin_causes.cause is not null then booked_origin_id
            when claims.cause in ('landed_cost_omitted', 'grni_residual') then coalesce(origin_cost_id, claims.unit_id)
            when claims.cause = 'transfer_invisible' or claims.cause = 'wrong_location_relief' and booked_place is not null
                then coalesce(hidden_transfer_id, claims.unit_id)
            when claims.cause = 'oversell_double_correction' then doubled_order_id
            else claims.unit_id end as origin_event_id
    from claims
    left join origin_causes
        on claims.booked_origin_id = origin_causes.unit_id and claims.booked_origin_id <> claims.unit_id
        and claims.step = 'unit_cost' and list_contains(claims.fitting, 'receipts_as_booked')
        and claims.cause in ('unexplained', 'stale_cost', 'return_at_current_cost', 'backdated_sequence', 'rounding')
),
balances as (
    select cause, unit_id from traced group by all having sum(amount) <> 0
)
select
    traced.* exclude (cause, evidence),
    case when balances.cause is null then traced.cause else 'unexplained' end as cause,
    case when balances.cause is null then traced.evidence else 'U' end as evidence
from traced
left join balances using (cause, unit_id)

"""Cost and valuation: the quantity is right, the value is not. Specific origins are asked before a stale cost."""

from __future__ import annotations

from tieout.reconciliation.causes import ABSENCE, Cause, register

register(
    Cause(
        name="zero_cost",
        family="cost",
        scenario="unit_cost",
        root="logic_not_passed",
        work="match",
        title="Booked at no cost",
        sentence="Goods were booked at a cost of zero: the recording system did not know any.",
        claims=(
            "half = 'goods' and (step = 'unit_cost' and recorded_amount = 0 and expected_amount <> 0 "
            "or step in ('unit_cost', 'unmatched') and is_booked_at_zero)"
        ),
        evidence="link_evidence",
        needs=("gl_lines.quantity",),
    ),
    Cause(
        name="landed_cost_omitted",
        family="cost",
        scenario="landed_cost",
        root="logic_not_passed",
        work="recompute",
        title="Freight and duty left out of the goods' cost",
        sentence="A bill for freight or duty never reached the stock: every sale of those goods looks too cheap.",
        claims=(
            "half = 'goods' and (step = 'existence' and event_type = 'landed_cost' "
            "or step = 'unit_cost' and abs(recorded_amount) = amount_without_unbooked_costs)"
        ),
        evidence=f"case step when 'existence' then {ABSENCE} else 'B' end",
        needs=("costs", "gl_lines.external_id"),
    ),
    Cause(
        name="landed_misallocated",
        family="cost",
        scenario="landed_cost",
        root="policy",
        work="recompute",
        title="Freight on the wrong goods",
        sentence="The freight was capitalised in full, and shared over the goods by another key.",
        claims=(
            "event_type = 'landed_cost' and is_stock_total_right and step in ('sku', 'location', 'unit_cost', "
            "'unmatched')"
        ),
        evidence="link_evidence",
        needs=("costs.basis",),
    ),
    Cause(
        name="backdated_sequence",
        family="cost",
        scenario="unit_cost",
        root="batch_timing",
        work="recompute",
        title="Valued before all was known",
        sentence="A document came late, and what had been issued by then was never valued again.",
        claims="step = 'unit_cost' and half = 'goods' and list_contains(fitting, 'as_known')",
        evidence="'B'",
        needs=("stock_events.recorded_at",),
    ),
    Cause(
        name="location_cost_pool",
        family="cost",
        scenario="unit_cost",
        root="policy",
        work="recompute",
        title="One cost for all places",
        sentence="The recording system values by one pool of all places, the policy by place.",
        claims=(
            "step = 'unit_cost' and half = 'goods' and (list_contains(voted, 'company_pool') "
            "or list_contains(voted, 'company_average') "
            "and not list_has_any(voted, ['fifo', 'average', 'lifo', 'standard']))"
        ),
        evidence="'C'",
        needs=("stock_events.from_location", "gl_lines.location"),
    ),
    Cause(
        name="wrong_method",
        family="cost",
        scenario="unit_cost",
        root="policy",
        work="recompute",
        title="Another cost method",
        sentence="The recording system values by another method than the policy.",
        claims=(
            "step = 'unit_cost' and half = 'goods' and list_has_any(voted, ['fifo', 'average', 'lifo', 'standard'])"
        ),
        evidence="'C'",
        needs=("policy.cost_method", "stock_events"),
    ),
    Cause(
        name="fx_rate",
        family="cost",
        scenario="unit_cost",
        root="mapping",
        work="investigate",
        title="Converted at another rate",
        sentence="The amount in the other currency is right, the exchange rate is that of another day.",
        claims="step = 'unit_cost' and is_converted_otherwise",
        evidence="'B'",
        needs=("exchange_rates",),
    ),
    Cause(
        name="negative_stock_estimate",
        family="cost",
        scenario="unit_cost",
        root="logic_not_passed",
        work="recompute",
        title="Estimate never corrected",
        sentence="Goods were sold before they came in, and the estimate of their cost was never corrected.",
        claims="half = 'goods' and lacks_true_up and step in ('unit_cost', 'unmatched')",
        evidence="'B'",
        needs=("stock_events",),
    ),
    Cause(
        name="return_at_current_cost",
        family="returns",
        scenario="returns",
        root="policy",
        work="match",
        title="Returns at today's cost",
        sentence="Goods came back at what they cost today, not at what their sale took.",
        claims=(
            "step = 'unit_cost' and half = 'goods' and event_type = 'customer_return' "
            "and (is_believed_cost or abs(recorded_amount) = amount_at_current_cost)"
        ),
        evidence="'B'",
        needs=("stock_events.source_event_id", "cost_table"),
    ),
    Cause(
        name="blended_cogs",
        family="cost",
        scenario="unit_cost",
        root="policy",
        work="investigate",
        title="Cost as a share of revenue",
        sentence="The cost of every sale was booked as one share of its revenue, whatever the goods cost.",
        claims="step = 'unit_cost' and half = 'goods' and is_blended_cost",
        evidence="'C'",
        needs=("order_lines.unit_price", "gl_lines.external_id"),
    ),
    Cause(
        name="stale_cost",
        family="cost",
        scenario="unit_cost",
        root="logic_not_passed",
        work="match",
        title="Booked at an old cost",
        sentence="The recording system used a cost that was true once, and is not any more.",
        # Damaged goods that will still bring something lose only the rest of their cost, which no unit cost tells.
        claims=(
            "step = 'unit_cost' and half = 'goods' and is_believed_cost "
            "and not (event_type in ('status_change', 'transfer') and coalesce(recoverable, 0) > 0)"
        ),
        evidence="'B'",
        needs=("cost_table", "gl_lines.quantity"),
    ),
    Cause(
        name="rounding",
        family="cost",
        scenario="unit_cost",
        root="mapping",
        work="look",
        title="Rounded too early",
        sentence="The unit cost was rounded before it was multiplied: cents that add up.",
        claims="step = 'unit_cost' and half = 'goods' and abs(recorded_amount) = rounded_amount",
        evidence="'B'",
        needs=("gl_lines.quantity",),
    ),
)

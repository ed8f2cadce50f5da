"""Cost and valuation: the quantity is right, the value is not. Specific origins are asked before a stale cost."""

from __future__ import annotations

from tieout.reconciliation.causes import ABSENCE, Cause, register

register(
    Cause(
        name="zero_cost",
        family="cost",
        root="logic_not_passed",
        title="Booked at no cost",
        sentence="Goods were booked at a cost of zero: the recording system did not know any.",
        claims="step = 'unit_cost' and half = 'goods' and recorded_amount = 0 and expected_amount <> 0",
        evidence="link_evidence",
        needs=("gl_lines.quantity",),
    ),
    Cause(
        name="landed_cost_omitted",
        family="cost",
        root="logic_not_passed",
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
        name="return_at_current_cost",
        family="returns",
        root="policy",
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
        name="stale_cost",
        family="cost",
        root="logic_not_passed",
        title="Booked at an old cost",
        sentence="The recording system used a cost that was true once, and is not any more.",
        claims="step = 'unit_cost' and half = 'goods' and is_believed_cost",
        evidence="'B'",
        needs=("cost_table", "gl_lines.quantity"),
    ),
)

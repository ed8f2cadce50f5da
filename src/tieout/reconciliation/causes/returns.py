"""Returns: the goods side and the money side of what comes back, each on its own."""

from __future__ import annotations

from tieout.reconciliation.causes import ABSENCE, Cause, register

register(
    Cause(
        name="return_cogs_not_reversed",
        family="returns",
        scenario="returns",
        root="logic_not_passed",
        work="match",
        title="Returned goods never booked",
        sentence="Goods came back, but neither stock nor cost of sales knows: returns look dearer than they are.",
        claims="step = 'existence' and event_type = 'customer_return' and disposition is not null",
        evidence=ABSENCE,
        needs=("stock_events.disposition", "gl_lines.external_id"),
    ),
    Cause(
        name="refund_not_posted",
        family="returns",
        scenario="returns",
        root="logic_not_passed",
        work="match",
        title="Refunds never booked",
        sentence="The customer got money back, but revenue was not reversed: no entry, or one that lost its sign.",
        claims="step = 'existence' and event_type = 'refund'",
        evidence=ABSENCE,
        needs=("refunds", "gl_lines.external_id"),
    ),
    Cause(
        name="return_lag",
        family="timing",
        scenario="cut_off",
        root="batch_timing",
        work="look",
        title="Returns booked late",
        sentence="A return or refund reached the ledger after the period in which it happened.",
        claims="step = 'period' and event_type in ('customer_return', 'refund') and date_from > date_to",
        evidence="link_evidence",
        needs=("gl_lines.external_id", "gl_lines.effective_date"),
    ),
    Cause(
        name="refund_treated_as_return",
        family="returns",
        scenario="returns",
        root="logic_not_passed",
        work="match",
        title="Refunds booked as returned goods",
        sentence="The customer kept the goods, but the refund put them back into stock.",
        claims="event_type = 'refund' and half = 'goods' and step = 'unmatched'",
        evidence="link_evidence",
        needs=("refunds.restock_type", "gl_lines.external_id"),
    ),
    Cause(
        name="disposition_wrong",
        family="returns",
        scenario="returns",
        root="logic_not_passed",
        work="investigate",
        title="Damaged returns booked as stock",
        sentence="Goods came back damaged and were booked as if they could be sold again.",
        claims="step = 'account' and event_type = 'customer_return' and disposition = 'damaged'",
        evidence="link_evidence",
        needs=("stock_events.disposition",),
    ),
    Cause(
        name="expected_return_accrual_missing",
        family="returns",
        scenario="returns",
        root="policy",
        work="match",
        title="Expected returns not accrued",
        sentence="Policy sets aside what will still come back; the ledger does not, or by another estimate.",
        claims=(
            "event_type = 'expected_returns' and step in ('existence', 'account', 'quantity', 'unit_cost', 'unmatched')"
        ),
        evidence="'C'",
        needs=("policy.expected_returns", "refunds"),
    ),
)

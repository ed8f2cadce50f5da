"""Existence and multiplicity: entries that were never booked, booked twice, or booked without an event."""

from __future__ import annotations

from tieout.reconciliation.causes import ABSENCE, Cause, register

register(
    Cause(
        name="in_flight",
        family="not_an_error",
        root="batch_timing",
        title="Still on its way",
        sentence="Younger than the agreed sync time and not across a period end: expected to arrive, not an error.",
        claims="step = 'existence' and age_hours < sync_sla_hours and not period_is_complete",
        evidence="'N'",
        needs=("stock_events.occurred_at",),
    ),
    Cause(
        name="missing_sale",
        family="existence",
        root="logic_not_passed",
        title="Sales never booked",
        sentence="Goods were shipped and billed, but neither revenue nor cost reached the ledger.",
        claims=(
            "step = 'existence' and event_type = 'shipment' and other_half_is_expected and not other_half_is_recorded"
        ),
        evidence=ABSENCE,
        needs=("gl_lines.external_id", "trial_balance"),
    ),
    Cause(
        name="missing_cogs",
        family="existence",
        root="logic_not_passed",
        title="Cost of sales never booked",
        sentence="Revenue was booked, but the goods that left were not: profit and stock are both too high.",
        claims="step = 'existence' and event_type = 'shipment' and half = 'goods'",
        evidence=ABSENCE,
        needs=("gl_lines.external_id", "trial_balance"),
    ),
    Cause(
        name="missing_revenue",
        family="existence",
        root="logic_not_passed",
        title="Revenue never booked",
        sentence="The cost of the goods was booked, but what the customer owes was not.",
        claims="step = 'existence' and event_type = 'shipment' and half = 'money'",
        evidence=ABSENCE,
        needs=("gl_lines.external_id", "order_lines.unit_price", "trial_balance"),
    ),
    Cause(
        name="fee_unposted_or_misplaced",
        family="channels",
        root="logic_not_passed",
        title="Channel fees missing or misplaced",
        sentence="The channel charged a fee that the ledger does not hold, or holds on another channel.",
        claims="event_type = 'fee' and step in ('existence', 'channel')",
        evidence="case step when 'channel' then link_evidence when 'existence' then "
        "case when extract_is_proven then 'A' else 'B' end end",
        needs=("fees", "gl_lines.external_id", "gl_lines.channel"),
    ),
    Cause(
        name="return_duplicate",
        family="returns",
        root="transport_loss",
        title="Return booked twice",
        sentence="One return or refund was booked more than once.",
        claims="step = 'repeated' and event_type in ('customer_return', 'refund')",
        evidence="link_evidence",
        needs=("gl_lines.external_id", "gl_lines.posted_at"),
    ),
    Cause(
        name="duplicate_posting",
        family="existence",
        root="logic_not_passed",
        title="Booked twice",
        sentence="A connector delivered the same event more than once, and the ledger took every copy.",
        claims="step = 'repeated'",
        evidence="link_evidence",
        needs=("gl_lines.external_id", "gl_lines.posted_at"),
    ),
    Cause(
        name="unsupported_manual_je",
        family="existence",
        root="human",
        title="Manual entries without support",
        sentence="A person booked an entry that no event supports and nobody has accepted.",
        claims="step = 'orphan' and is_manual",
        evidence="'C'",
        needs=("gl_lines.is_manual", "accepted_entries"),
    ),
    Cause(
        name="orphan_connector_entry",
        family="existence",
        root="logic_not_passed",
        title="Booked without an event",
        sentence="A connector booked something that never happened: a test, a cancelled order, another company's sale.",
        claims="step = 'orphan' and not is_manual",
        evidence="'B'",
        needs=("gl_lines.source", "gl_lines.is_manual"),
    ),
)

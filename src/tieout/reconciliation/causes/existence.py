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
        name="opening_difference",
        family="existence",
        root="definition",
        title="Opening balance",
        sentence="The ledger began with another stock than the history does: all later drift counts from there.",
        claims=(
            "event_type = 'opening' and step in ('existence', 'quantity', 'unit_cost', 'unmatched') "
            "or step = 'batch' and unit_id = 'opening balance'"
        ),
        evidence="'N'",
        needs=("stock_events",),
    ),
    Cause(
        # reconciliation/explained.sql gives it to whatever policy accepts, too (policy.accepted_causes).
        name="accepted_policy_difference",
        family="not_an_error",
        root="policy",
        title="Accepted by policy",
        sentence=(
            "The books differ for a cause that the company has declared to be right, or by a bill that nobody could "
            "know when the period was closed: shown, never corrected."
        ),
        claims="is_change_in_estimate",
        evidence="'N'",
        needs=("policy.accepted_causes",),
    ),
    Cause(
        # Between views of one stock, not between the books: no line of the journal is ever its own.
        name="definition_gap",
        family="not_an_error",
        root="definition",
        title="Another definition",
        sentence="Warehouse, finance and sales mean different goods by available stock, each rightly so.",
        claims="false",
        evidence="'N'",
        needs=("stock_events.from_status", "costs", "vendor_payments"),
    ),
    Cause(
        name="altered_or_voided_after_sync",
        family="existence",
        root="human",
        title="Changed after it was booked",
        sentence="The entry was right when it was handed over; somebody edited or deleted it in the ledger afterwards.",
        claims=(
            "step = 'existence' and was_deleted or step in ('quantity', 'unit_cost') and is_modified and "
            "list_contains(sent_amounts, abs(expected_amount))"
        ),
        evidence="'A'",
        needs=("connector_messages.amount", "gl_lines.modified_at", "gl_lines.deleted_at"),
    ),
    Cause(
        name="non_owned_valued",
        family="purchasing",
        root="mapping",
        title="Goods of others in stock",
        sentence="Goods that are only consigned to us were booked as our stock.",
        claims="owner = 'consigned' and half = 'goods' and step <> 'existence'",
        evidence="link_evidence",
        needs=("stock_events.owner", "gl_lines.external_id"),
    ),
    Cause(
        name="dropship_relieved",
        family="purchasing",
        root="logic_not_passed",
        title="Shipped by the supplier, taken from our stock",
        sentence="The supplier shipped the goods, and the ledger took them from our own stock.",
        claims="owner = 'dropship' and half = 'goods' and step in ('account', 'unmatched', 'unit_cost')",
        evidence="link_evidence",
        needs=("stock_events.owner",),
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
        evidence=f"case step when 'channel' then link_evidence else {ABSENCE} end",
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
        claims="step = 'repeated' or step = 'orphan' and is_copy_of_orphan",
        evidence="link_evidence",
        needs=("gl_lines.external_id", "gl_lines.posted_at"),
    ),
    Cause(
        name="oversell_double_correction",
        family="oversell",
        root="human",
        title="Oversold, put back twice",
        sentence="An oversold order was taken back, and then somebody put its goods into stock once more.",
        claims="step = 'orphan' and half = 'goods' and doubled_order_id is not null",
        evidence="case when is_double_named then 'B' else 'C' end",
        needs=("order_lines.cancelled_at", "gl_lines.sku"),
    ),
    Cause(
        name="oversell_reversal_incomplete",
        family="oversell",
        root="logic_not_passed",
        title="Oversold, taken back by half",
        sentence="An order was cancelled because the stock was sold twice; its cost of goods stayed in the books.",
        claims="step = 'orphan' and half = 'goods' and is_oversold",
        evidence="link_evidence",
        needs=("order_lines.cancelled_at", "order_lines.cancel_reason"),
    ),
    Cause(
        name="reserved_relieved",
        family="quantity",
        root="logic_not_passed",
        title="Relieved when it was reserved",
        sentence="Goods left the books when the order came in, before they left the warehouse.",
        claims=(
            "step = 'orphan' and half = 'goods' and is_unshipped_order or step = 'period' and half = 'goods' and "
            "event_type = 'shipment' and date_from < date_to and date_from in (ordered_date, paid_date)"
        ),
        evidence="link_evidence",
        needs=("order_lines.ordered_at", "gl_lines.external_id"),
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

"""Purchasing: what was received, billed or sent back, and when the ledger knew."""

from __future__ import annotations

from tieout.reconciliation.causes import ABSENCE, Cause, register

register(
    Cause(
        name="receipt_not_accrued",
        family="purchasing",
        root="batch_timing",
        title="Receipts booked late or never",
        sentence="Goods were in the warehouse, and neither stock nor what is owed for them stood in the ledger.",
        claims=("event_type = 'receipt' and (step = 'existence' or step = 'period' and date_from > date_to)"),
        evidence=f"case step when 'existence' then {ABSENCE} else link_evidence end",
        needs=("gl_lines.external_id", "gl_lines.effective_date"),
    ),
    Cause(
        name="vendor_return_unposted",
        family="purchasing",
        root="logic_not_passed",
        title="Returns to suppliers never booked",
        sentence="Goods went back to the supplier, and the ledger still carries them and what is owed.",
        claims="step = 'existence' and event_type = 'vendor_return'",
        evidence=ABSENCE,
        needs=("gl_lines.external_id",),
    ),
    Cause(
        name="bill_before_receipt",
        family="purchasing",
        root="logic_not_passed",
        title="Stock booked at the bill",
        sentence="Goods were booked into stock when their bill came, before they did.",
        claims=(
            "step = 'period' and event_type = 'receipt' and date_from < date_to and list_contains(bill_dates, "
            "date_from)"
        ),
        evidence="link_evidence",
        needs=("costs.effective_at", "gl_lines.effective_date"),
    ),
    Cause(
        name="ppv_unallocated",
        family="purchasing",
        root="logic_not_passed",
        title="Price difference left in variance",
        sentence="The bill was higher than the order, and the difference never reached the goods.",
        claims=(
            "event_type = 'vendor_bill' and list_contains(recorded_roles, 'purchase_price_variance') and not "
            "list_contains(expected_roles, 'purchase_price_variance') and step in ('account', 'unmatched', "
            "'unit_cost')"
        ),
        evidence="link_evidence",
        needs=("costs", "gl_lines.external_id"),
    ),
)

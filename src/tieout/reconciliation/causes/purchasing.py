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
)

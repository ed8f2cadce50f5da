"""Purchasing: what was received, billed, paid or sent back, and when the ledger knew."""

from __future__ import annotations

from tieout.reconciliation.causes import ABSENCE, Cause, register

_VALUE_STEPS = "step in ('account', 'quantity', 'unit_cost', 'unmatched')"
# A bill by whose entry the ledger took the goods into stock, instead of by their receipt's.
_STOCKED_BILL = (
    f"event_type = 'vendor_bill' and {_VALUE_STEPS} and list_has_any(recorded_roles, ['inventory', 'in_transit']) "
    "and list_contains(expected_roles, 'grni') and not list_contains(recorded_roles, 'grni')"
)

register(
    Cause(
        name="bill_before_receipt",
        family="purchasing",
        scenario="purchases",
        root="logic_not_passed",
        work="match",
        title="Stock booked at the bill",
        sentence="Goods were booked into stock when their bill came, before they did.",
        claims=(
            "step = 'period' and event_type = 'receipt' and date_from < date_to and list_contains(bill_dates, "
            f"date_from) or is_stocked_early and (step = 'existence' or {_STOCKED_BILL})"
        ),
        evidence="link_evidence",
        needs=("costs.effective_at", "gl_lines.effective_date"),
    ),
    Cause(
        name="receipt_not_accrued",
        family="purchasing",
        scenario="purchases",
        root="batch_timing",
        work="match",
        title="Receipts booked late or never",
        sentence="Goods were in the warehouse, and neither stock nor what is owed for them stood in the ledger.",
        claims=(
            "event_type = 'receipt' and (step = 'existence' or step = 'period' and date_from > date_to) "
            f"or {_STOCKED_BILL}"
        ),
        evidence=f"case step when 'existence' then {ABSENCE} else link_evidence end",
        needs=("gl_lines.external_id", "gl_lines.effective_date"),
    ),
    Cause(
        name="deposit_capitalised",
        family="purchasing",
        scenario="purchases",
        root="mapping",
        work="match",
        title="Deposit booked as stock",
        sentence="Money paid to a supplier before the goods came was booked as if it were the goods.",
        claims=(
            f"event_type = 'vendor_payment' and {_VALUE_STEPS} and list_contains(expected_roles, 'prepaid') "
            "and list_has_any(recorded_roles, ['inventory', 'in_transit']) "
            "and role in ('prepaid', 'inventory', 'in_transit')"
        ),
        evidence="link_evidence",
        needs=("vendor_payments.is_prepayment", "gl_lines.external_id"),
    ),
    Cause(
        name="vendor_return_unposted",
        family="purchasing",
        scenario="purchases",
        root="logic_not_passed",
        work="match",
        title="Returns to suppliers never booked",
        sentence="Goods went back to the supplier, and the ledger still carries them and what is owed.",
        claims="step = 'existence' and event_type = 'vendor_return'",
        evidence=ABSENCE,
        needs=("gl_lines.external_id",),
    ),
    Cause(
        name="ppv_unallocated",
        family="purchasing",
        scenario="purchases",
        root="logic_not_passed",
        work="investigate",
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
    Cause(
        name="grni_residual",
        family="purchasing",
        scenario="purchases",
        root="human",
        work="investigate",
        title="Goods received left open",
        sentence="Goods received were never settled by their bill, or not in full, though nothing more is to come.",
        claims=(
            "event_type = 'vendor_bill' and step = 'existence' "
            f"or is_left_open and {_VALUE_STEPS} and not is_converted_otherwise or half = 'goods' and step = "
            "'unit_cost' and is_origin_a_bill and abs(recorded_amount) = amount_without_unbooked_costs"
        ),
        evidence=f"case when step = 'existence' then {ABSENCE} when is_left_open then link_evidence else 'B' end",
        needs=("costs", "purchase_lines.closed_at", "gl_lines.external_id"),
    ),
)

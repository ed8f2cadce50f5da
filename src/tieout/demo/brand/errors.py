"""The errors that a ledger can be given, how often each strikes, and how a user asks for them.

A rate is the share of the events that an error can hit: sales that were shipped, bills, trips, months. Three levels
come ready: ``low``, ``medium`` and ``severe``; ``compound`` is severe with errors so frequent that many entries have
several. What each does: docs/demo.md.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from tieout.errors import InputError

LEVELS = ("low", "medium", "severe")
# Cause: its rate at each level, in hundred.
RATES = {
    "missing_sale": ("0.05", "0.5", "2"),
    "missing_cogs": ("0.05", "0.4", "1.5"),
    "missing_revenue": ("0.02", "0.2", "0.6"),
    "duplicate_posting": ("0.02", "0.2", "1"),
    "orphan_connector_entry": ("0.02", "0.1", "0.4"),
    "unsupported_manual_je": ("30", "80", "100"),
    "altered_or_voided_after_sync": ("0.02", "0.1", "0.5"),
    "opening_difference": ("0.5", "2", "8"),
    "in_flight": ("20", "60", "90"),
    "cogs_lag": ("1", "5", "15"),
    "revenue_lag": ("0.5", "2", "5"),
    "revenue_at_order": ("2", "10", "30"),
    "reserved_relieved": ("1", "4", "12"),
    "closed_period_roll": ("0.5", "2", "6"),
    "timezone_boundary": ("10", "50", "100"),
    "settlement_batch": ("0.1", "0.5", "2"),
    "reversal_other_period": ("0.01", "0.05", "0.2"),
    "return_lag": ("2", "10", "25"),
    "late_posting": ("1", "5", "15"),
    "stale_cost": ("0.3", "1.5", "5"),
    "zero_cost": ("0.05", "0.4", "1.5"),
    "landed_cost_omitted": ("3", "10", "30"),
    "landed_misallocated": ("2", "8", "20"),
    "wrong_method": ("1", "4", "10"),
    "location_cost_pool": ("1", "4", "10"),
    "blended_cogs": ("0", "0", "100"),
    "backdated_sequence": ("20", "60", "100"),
    "negative_stock_estimate": ("20", "60", "100"),
    "uom_pack": ("2", "8", "25"),
    "fx_rate": ("1", "5", "15"),
    "ppv_unallocated": ("5", "15", "40"),
    "rounding": ("0.5", "2", "6"),
    "damage_unposted": ("5", "15", "40"),
    "adjustment_unposted": ("2", "8", "25"),
    "in_transit_stuck": ("0.3", "1.5", "5"),
    "transfer_invisible": ("0.5", "2", "8"),
    "transfer_freight_treatment": ("2", "8", "25"),
    "sku_mismap": ("1", "4", "10"),
    "wrong_location_relief": ("0.1", "0.5", "2"),
    "system_qty_drift": ("0.2", "1", "4"),
    "return_cogs_not_reversed": ("1", "5", "15"),
    "refund_not_posted": ("0.5", "2", "6"),
    "return_at_current_cost": ("2", "8", "25"),
    "disposition_wrong": ("5", "20", "50"),
    "return_duplicate": ("0.5", "2", "6"),
    "refund_treated_as_return": ("5", "25", "60"),
    "expected_return_accrual_missing": ("5", "15", "50"),
    "kit_not_exploded": ("2", "8", "30"),
    "kit_component_dropped": ("1", "4", "12"),
    "wrong_bom_version": ("2", "10", "30"),
    "assembly_unposted": ("3", "10", "30"),
    "wrong_channel": ("0.2", "1", "3"),
    "fee_unposted_or_misplaced": ("0.2", "1", "4"),
    "payout_netting": ("2", "8", "20"),
    "promo_misclassified": ("1", "5", "15"),
    "reimbursement_as_revenue": ("10", "40", "80"),
    "tax_in_revenue": ("0.3", "1.5", "5"),
    "oversell_reversal_incomplete": ("20", "45", "60"),
    "oversell_double_correction": ("10", "25", "40"),
    "short_shipment": ("20", "60", "100"),
    "receipt_not_accrued": ("2", "10", "25"),
    "bill_before_receipt": ("5", "25", "60"),
    "deposit_capitalised": ("3", "10", "30"),
    "grni_residual": ("0.5", "2", "6"),
    "vendor_return_unposted": ("5", "20", "50"),
    "non_owned_valued": ("5", "20", "50"),
    "dropship_relieved": ("5", "20", "50"),
}  # fmt: skip


def parse(spec: str) -> dict[str, Decimal]:
    """The rates of a specification such as ``medium,stale_cost=0.02,missing_sale=0``: a level, then changes to it.

    Raises InputError for a name that is no cause, and a rate that is not between 0 and 1.
    """
    rates: dict[str, Decimal] = {}
    for part in filter(None, (part.strip() for part in spec.split(","))):
        name, separator, value = part.partition("=")
        if not separator:
            rates.update(_level(part))
        elif name.strip() not in RATES:
            raise InputError(
                f'--errors: "{name.strip()}" is no error that can be planted. There are: {", ".join(RATES)}.'
            )
        else:
            rates[name.strip()] = _rate(name.strip(), value.strip())
    return {name: rate for name, rate in rates.items() if rate}


def _level(name: str) -> dict[str, Decimal]:
    if name == "none":
        return dict.fromkeys(RATES, Decimal(0))
    if name == "compound":
        return {cause: min(4 * Decimal(rates[-1]) / 100, Decimal(1)) for cause, rates in RATES.items()}
    if name not in LEVELS:
        raise InputError(f'--errors: "{name}" is neither a level (none, {", ".join(LEVELS)}, compound) nor cause=rate.')
    return {cause: Decimal(rates[LEVELS.index(name)]) / 100 for cause, rates in RATES.items()}


def _rate(name: str, text: str) -> Decimal:
    try:
        rate = Decimal(text)
    except InvalidOperation:
        rate = Decimal(-1)
    if not rate.is_finite() or not 0 <= rate <= 1:
        raise InputError(f'--errors: the rate of {name}, "{text}", is not a number from 0 to 1, such as 0.02.')
    return rate

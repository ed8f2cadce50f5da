"""Transfers and places: goods that the ledger does not see moving, or relieves where they are not."""

from __future__ import annotations

from tieout.reconciliation.causes import ABSENCE, Cause, register

register(
    Cause(
        name="in_transit_stuck",
        family="quantity",
        scenario="transfers",
        root="logic_not_passed",
        work="match",
        title="Transfers that never arrived in the ledger",
        sentence="Goods left one place and arrived at the other, but the ledger still has them on the road.",
        claims="step = 'existence' and event_type = 'transfer' and is_second_leg and first_leg_is_recorded",
        evidence=ABSENCE,
        needs=("stock_events.document",),
    ),
    Cause(
        name="transfer_invisible",
        family="transfers",
        scenario="transfers",
        root="logic_not_passed",
        work="investigate",
        title="Transfers never booked",
        sentence="Goods moved between places and the ledger does not know.",
        claims=(
            "step = 'existence' and event_type = 'transfer' or half = 'goods' and step = 'unit_cost' and "
            "abs(recorded_amount) = amount_without_transfers and not list_contains(steps, 'location') and "
            "abs(recorded_amount) is distinct from amount_without_unbooked_costs"
        ),
        evidence=f"case step when 'existence' then {ABSENCE} else 'B' end",
        needs=("stock_events.from_location", "stock_events.to_location", "gl_lines.location"),
    ),
    Cause(
        name="wrong_location_relief",
        family="transfers",
        scenario="transfers",
        root="mapping",
        work="investigate",
        title="Relieved at the wrong place",
        sentence="Goods left one place and the ledger took them from another.",
        claims=(
            "half = 'goods' and event_type in ('shipment', 'customer_return', 'write_off') "
            "and (step = 'location' or step = 'unit_cost' and list_contains(steps, 'location') "
            "and (not is_believed_cost or coalesce(abs(recorded_amount) = amount_without_transfers, false)))"
        ),
        evidence="link_evidence",
        needs=("gl_lines.location",),
    ),
    Cause(
        name="sku_mismap",
        family="quantity",
        scenario="counts",
        root="mapping",
        work="investigate",
        title="Booked on the wrong item",
        sentence="The ledger moved another item than the warehouse did.",
        claims="step = 'sku' or step = 'unit_cost' and list_contains(steps, 'sku')",
        evidence="link_evidence",
        needs=("gl_lines.sku", "sku_aliases"),
    ),
    Cause(
        name="transfer_freight_treatment",
        family="transfers",
        scenario="transfers",
        root="policy",
        work="investigate",
        title="Freight between places on the wrong side",
        sentence="Freight between our places went to expense though policy capitalises it, or the other way round.",
        claims=("event_type = 'transfer_freight' and step in ('account', 'sku', 'location', 'unit_cost', 'unmatched')"),
        evidence="link_evidence",
        needs=("costs.event_id", "policy.capitalise_transfer_freight"),
    ),
)

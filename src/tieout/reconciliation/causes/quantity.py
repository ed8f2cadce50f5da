"""Quantity and status: what the warehouse counted or threw away, and quantities in the wrong unit."""

from __future__ import annotations

from tieout.reconciliation.causes import ABSENCE, Cause, register

register(
    Cause(
        name="adjustment_unposted",
        family="quantity",
        scenario="counts",
        root="logic_not_passed",
        work="match",
        title="Counts never booked",
        sentence="A count or adjustment changed the stock, but the ledger still carries what is not there.",
        claims="step = 'existence' and event_type in ('count', 'adjustment')",
        evidence=ABSENCE,
        needs=("gl_lines.external_id",),
    ),
    Cause(
        name="damage_unposted",
        family="quantity",
        scenario="damage",
        root="logic_not_passed",
        work="match",
        title="Damage and write-offs never booked",
        sentence="Goods were damaged or written off in the warehouse, but the ledger still carries their value.",
        claims="step = 'existence' and event_type in ('write_off', 'status_change')",
        evidence=ABSENCE,
        needs=("gl_lines.external_id",),
    ),
    Cause(
        # Units alone, of which no book knows: quantity_drift and a finding tell of it, and it moves no money.
        name="system_qty_drift",
        family="quantity",
        scenario="counts",
        root="transport_loss",
        work="look",
        title="Systems count differently",
        sentence="A system's count of the stock is not what the history of the warehouse leaves.",
        claims="false",
        evidence="'B'",
        needs=("stock_snapshots",),
    ),
    Cause(
        name="uom_pack",
        family="cost",
        scenario="counts",
        root="mapping",
        work="match",
        title="Packs booked as pieces",
        sentence="A quantity was booked in packs where pieces were meant, or the other way round.",
        claims=(
            "pack_size > 1 and (step = 'quantity' and expected_quantity in "
            "(recorded_quantity * pack_size, recorded_quantity / pack_size))"
        ),
        evidence="'B'",
        needs=("items.pack_size", "gl_lines.quantity"),
    ),
    Cause(
        name="short_shipment",
        family="oversell",
        scenario="oversell",
        root="logic_not_passed",
        work="investigate",
        title="Billed in full, shipped in part",
        sentence="Fewer units left than the order says, and all of them were billed.",
        claims=(
            "event_type = 'shipment' and ordered_quantity > event_quantity and (step = 'quantity' and "
            "recorded_quantity = ordered_quantity or half = 'money' and step = 'unit_cost' and "
            "abs(abs(recorded_amount) * event_quantity - abs(expected_amount) * ordered_quantity) <= 0.01 * "
            "ordered_quantity)"
        ),
        evidence="link_evidence",
        needs=("order_lines.quantity", "gl_lines.quantity"),
    ),
)

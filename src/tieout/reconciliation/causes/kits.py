"""Kits: what left as components and was booked as the kit, or not all of it."""

from __future__ import annotations

from tieout.reconciliation.causes import ABSENCE, Cause, register

register(
    Cause(
        name="wrong_bom_version",
        family="kits",
        scenario="kits",
        root="mapping",
        work="investigate",
        title="Another version of the kit",
        sentence="The kit was relieved by components that were not in it when it shipped.",
        claims="half = 'goods' and is_other_bom and step in ('sku', 'quantity', 'unit_cost', 'unmatched')",
        evidence="link_evidence",
        needs=("kit_components.valid_from",),
    ),
    Cause(
        name="assembly_unposted",
        family="kits",
        scenario="kits",
        root="logic_not_passed",
        work="match",
        title="Assembly not booked",
        sentence="Kits were built, and the ledger still holds their components.",
        claims="step = 'existence' and event_type in ('assembly_in', 'assembly_out')",
        evidence=ABSENCE,
        needs=("stock_events.document", "gl_lines.external_id"),
    ),
    Cause(
        name="kit_not_exploded",
        family="kits",
        scenario="kits",
        root="logic_not_passed",
        work="recompute",
        title="Kits booked as one item",
        sentence="A kit was relieved as if it lay on the shelf; its components left and are still carried.",
        claims=(
            "half = 'goods' and (step = 'kit' "
            "or is_kit_relieved and step in ('sku', 'quantity', 'unit_cost', 'unmatched'))"
        ),
        evidence="link_evidence",
        needs=("items.kit_type", "kit_components", "gl_lines.sku"),
    ),
    Cause(
        name="kit_component_dropped",
        family="kits",
        scenario="kits",
        root="mapping",
        work="match",
        title="Kit components left out",
        sentence="Only some components of a kit were booked.",
        claims=(
            "half = 'goods' and step = 'unmatched' and sku <> event_sku and expected_amount <> 0 "
            "and event_type = 'shipment'"
        ),
        evidence="link_evidence",
        needs=("kit_components", "gl_lines.sku"),
    ),
)

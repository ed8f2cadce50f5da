"""The causes of differences: each claims lines of ``differences`` by a condition on the columns of ``facts``.

A cause is one record in the module of its family; importing the module registers it. Causes are asked in the order in
which they are registered, and the first whose claim holds owns the line. What none claims is ``unexplained``.

``SCENARIOS`` are the situations of daily trade that a reader asks about, each with its title; a cause belongs to one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SCENARIOS = {
    "missing": "Sales that were not booked",
    "duplicates": "Booked twice",
    "unsupported": "Entries without support, or changed by hand",
    "cut_off": "Booked early or late",
    "returns": "Returns and refunds",
    "oversell": "Sold more than was there",
    "kits": "Kits and bundles",
    "transfers": "Transfers and places",
    "purchases": "Purchases and suppliers",
    "landed_cost": "Freight and duty in the cost of goods",
    "unit_cost": "Wrong unit cost",
    "damage": "Damaged and written off",
    "counts": "Counts, packs and items",
    "channels": "Channels, fees and payouts",
    "no_error": "No error",
    "open": "Not explained",
}


@dataclass(frozen=True, slots=True)
class Cause:
    """One named reason why the two books differ.

    ``scenario`` is a key of ``SCENARIOS``. ``claims`` is a SQL condition on the columns of
    ``reconciliation/facts.sql``; ``evidence`` a SQL expression that gives A to D, U or N; ``needs`` the inputs without
    which the cause cannot be told from its look-alikes. ``work`` is what clearing one takes: look, match and repost,
    investigate and write an entry, or recompute the item's period.
    """

    name: str
    family: str
    scenario: str
    root: str
    work: Literal["look", "match", "investigate", "recompute"]
    title: str
    sentence: str
    claims: str
    evidence: str
    needs: tuple[str, ...] = ()

    @property
    def best_evidence(self) -> str:
        """The level that the cause can reach with all that it needs."""
        return self.evidence.strip("'") if len(self.evidence) == len("'A'") else "A"


REGISTRY: dict[str, Cause] = {}


def register(*causes: Cause) -> None:
    """Add causes in the order in which they are to be asked.

    Raises ``ValueError`` for a name that is taken or a scenario that is unknown.
    """
    for cause in causes:
        if cause.name in REGISTRY:
            raise ValueError(f"cause {cause.name} is registered twice")
        if cause.scenario not in SCENARIOS:
            raise ValueError(f"cause {cause.name} belongs to no scenario: {cause.scenario}")
        REGISTRY[cause.name] = cause


# An absent entry is proven only where the extract is: without control totals, it may just not have been exported.
ABSENCE = "case when extract_is_proven then 'A' else 'B' end"

AMBIGUOUS = Cause(
    name="ambiguous",
    family="unknown",
    scenario="open",
    root="definition",
    work="investigate",
    title="Ambiguous",
    sentence="More than one cause fits, and the data cannot tell which: shown with its candidates, never posted.",
    claims="len(candidates) > 0",
    evidence="'D'",
)

UNEXPLAINED = Cause(
    name="unexplained",
    family="unknown",
    scenario="open",
    root="definition",
    work="investigate",
    title="Unexplained",
    sentence="The books differ and no known cause fits: shown, never posted.",
    claims="true",
    evidence="'U'",
)

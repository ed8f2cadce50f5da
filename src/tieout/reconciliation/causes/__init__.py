"""The causes of differences: each claims lines of ``differences`` by a condition on the columns of ``facts``.

A cause is one record in the module of its family; importing the module registers it. Causes are asked in the order in
which they are registered, and the first whose claim holds owns the line. What none claims is ``unexplained``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Cause:
    """One named reason why the two books differ.

    ``claims`` is a SQL condition on the columns of ``reconciliation/facts.sql``; ``evidence`` a SQL expression that
    gives A to D, U or N; ``needs`` the inputs without which the cause cannot be told from its look-alikes. ``work`` is
    what clearing one takes: look, match and repost, investigate and write an entry, or recompute the item's period.
    """

    name: str
    family: str
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
    """Add causes in the order in which they are to be asked; raises ``ValueError`` for a name that is taken."""
    for cause in causes:
        if cause.name in REGISTRY:
            raise ValueError(f"cause {cause.name} is registered twice")
        REGISTRY[cause.name] = cause


# An absent entry is proven only where the extract is: without control totals, it may just not have been exported.
ABSENCE = "case when extract_is_proven then 'A' else 'B' end"

AMBIGUOUS = Cause(
    name="ambiguous",
    family="unknown",
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
    root="definition",
    work="investigate",
    title="Unexplained",
    sentence="The books differ and no known cause fits: shown, never posted.",
    claims="true",
    evidence="'U'",
)

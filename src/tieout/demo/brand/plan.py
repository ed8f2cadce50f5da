"""What is to be simulated: the company's size, and the errors of its ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """``scale`` brands of so many items and orders a day; the same plan gives the same files, byte by byte.

    ``rates`` gives each error its share of the events that it can hit (``errors``); none, and the ledger is right.
    ``is_summarised``: connectors book a day's sales of a channel as one entry. ``is_messy``: the files have bad rows.
    ``has_exports``: the company also as files that people export from their systems, and its tables as these tell them.
    """

    seed: int = 1
    days: int = 365
    skus: int = 200
    orders_per_day: int = 40
    scale: int = 1
    rates: dict[str, Decimal] = field(default_factory=dict)
    is_summarised: bool = False
    is_messy: bool = False
    has_exports: bool = False

    def prefix(self, brand: int) -> str:
        """What the ids of a brand begin with; nothing where there is only one."""
        return f"B{brand:03}-" if self.scale > 1 else ""

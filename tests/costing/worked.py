"""How the worked cases read a replay: in units and money, as in the words of each case."""

from collections.abc import Callable
from decimal import Decimal

import numpy as np

from tieout.costing.events import Legs, Replay

Valuation = Callable[[Legs], Replay]


def money(amounts: np.ndarray, scale: int = 2) -> list[str]:
    return [f"{Decimal(amount).scaleb(-scale):.{scale}f}" for amount in amounts.tolist()]


def on_hand(result: Replay) -> tuple[str, str]:
    """Units and money in all cells at the end."""
    units = sum(result.open_layers.quantity.tolist()) - sum(result.open_shortages.quantity.tolist())
    amount = sum(result.open_layers.amount.tolist()) - sum(result.open_shortages.amount.tolist())
    return f"{Decimal(units).scaleb(-4).normalize():f}", f"{Decimal(amount).scaleb(-2):.2f}"


def places(result: Replay) -> list[tuple[int, int, int, str]]:
    """Leg, true-up, cell and money of each placement."""
    found = result.placements
    return list(zip(found.leg.tolist(), found.true_up.tolist(), found.cell.tolist(), money(found.amount), strict=True))

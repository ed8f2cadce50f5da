"""What a buyer has and loses by the records as they were, by right ones, and by knowing what will come."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

ARMS = {
    "RR": "As recorded then", "RC": "Only history as recorded", "CR": "Only stock as recorded",
    "CC": "Both corrected", "O": "Knowing what comes",
}  # fmt: skip


def draw(arms: pd.DataFrame, *, currency: str) -> alt.LayerChart:
    """``purchasing_arms`` as the table of that name, in units of ``currency``: an estimate by simulation."""
    known = of_arm(arms)
    shown = [arm for arm in ARMS if arm in known]
    stock, lost = ([known[arm][name] for arm in shown] for name in ("average_stock", "lost_margin"))
    figures = [" | ".join(wording.money(amount, currency) for amount in pair) for pair in zip(stock, lost, strict=True)]
    names = [ARMS[arm] for arm in shown]
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    weeks = wording.counted(int(known["RR"]["weeks"]), "week") if known else "no week"
    title = verdict(known, currency) if known else "What wrong records make a buyer do"
    return theme.finish(
        bars.two_sided(names, lost, stock, figures) if known else theme.words("No purchases are simulated."),
        title=title,
        subtitle=f"Simulated, {weeks}. Pale, to the left: average stock at cost; solid, to the right: margin lost.",
        description=f"{title}. Average stock and margin lost in {weeks} of simulated purchases, "
        f"by what the buyer knows: {listed or 'none'}.",
        height=rows.height(len(names)) if known else theme.LINE,
    )


def of_arm(arms: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """By arm what all items together come to; empty where nothing is simulated."""
    whole = arms[arms["is_total"].astype(bool)].to_dict("records")
    return {str(row["arm"]): {str(name): value for name, value in row.items()} for row in whole}


def verdict(arms: dict[str, dict[str, Any]], currency: str) -> str:
    """What wrong records do to lost margin and to stock: always both, since lost sales also leave less stock."""
    lost, stock = (
        (arms["RR"][name] - arms["CC"][name]).quantize(Decimal(1), ROUND_HALF_UP)
        for name in ("lost_margin", "average_stock")
    )
    margin, held = (wording.money(abs(amount), currency) for amount in (lost, stock))
    if lost == stock == 0:
        return "Wrong records change neither stock nor lost margin"
    if lost > 0:
        looks = f", while stock looks {held} better" if stock < 0 else f" and tie up {held} more in stock"
        return f"Wrong records lose {margin} of margin{looks if stock else ' with the same stock'}"
    kept = f"lose {margin} less margin" if lost else "lose no more margin"
    if stock > 0:
        return f"Wrong records {kept} {'by tying' if lost else 'but tie'} up {held} more in stock"
    return f"Wrong records {kept} with {f'{held} less' if stock else 'the same'} stock"

"""What each fix would leave: profit in the wrong place, and hours of work, beside the ledger as it is."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

_NAMES = {"recorded": "As recorded", "explode_kits": "Kits exploded", "pass_cost_layers": "Cost layers passed"}
_ACTIONS = {"explode_kits": "explode kits into components", "pass_cost_layers": "pass cost layers to the ledger"}


def name(scenario: str) -> str:
    """What a scenario of ``what_if`` is called."""
    return _NAMES.get(scenario, f"No {wording.family(scenario)}")


def action(scenario: str) -> str:
    """What is to be done to get there."""
    return _ACTIONS.get(scenario, f"end {wording.family(scenario)}")


def draw(what_if: pd.DataFrame, *, currency: str) -> alt.LayerChart:
    """``what_if`` as the measure of that name; the fix that leaves least first, under the ledger as it is."""
    recorded = what_if[what_if["scenario"] == "recorded"]
    fixed = what_if[what_if["kind"].isin(["fix", "cause_family"])]
    fixed = fixed.sort_values(["profit_misplaced", "hours", "scenario"])
    shown = pd.concat([recorded, fixed])
    fixes = [name(scenario) for scenario in shown["scenario"]]
    names = [f"{fix}, {hours:,.0f}\N{NO-BREAK SPACE}h" for fix, hours in zip(fixes, shown["hours"], strict=True)]
    figures = [wording.money(amount, currency) for amount in shown["profit_misplaced"]]
    table = pd.DataFrame({
        "top": [row - 0.28 for row in range(len(shown))], "bottom": [row + 0.28 for row in range(len(shown))],
        "zero": 0.0, "end": shown["profit_misplaced"].astype(float).to_numpy(), "name": names, "text": figures,
        "is_book": [True] + [False] * len(fixed),
    })  # fmt: skip
    is_empty = not table["end"].any()
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    best = f"{fixes[1]}: {figures[1]} of {figures[0]} stays misplaced"
    return theme.finish(
        theme.words("No profit is misplaced.") if is_empty else _layers(table),
        title="Nothing to fix" if is_empty else best,
        subtitle="Gross profit in the wrong period or amount, summed over the periods; hours of work are an estimate.",
        description=f"Profit that stays misplaced and hours of work (estimate): {'none' if is_empty else listed}.",
        height=theme.LINE if is_empty else rows.height(len(table)),
    )


def _layers(table: pd.DataFrame) -> alt.LayerChart:
    x = alt.X("zero:Q", axis=None, scale=rows.x_scale(0.0, max(table["end"])))
    tooltip = [alt.Tooltip("name:N", title="Ledger, work (estimate)"), alt.Tooltip("text:N", title="Misplaced")]
    fill = alt.condition(alt.datum.is_book, alt.value(theme.GREY), alt.value(theme.ACCENT))
    bars = (
        alt.Chart(table)
        .mark_rect()
        .encode(x=x, x2="end:Q", y=rows.y("top", len(table)), y2="bottom:Q", color=fill, tooltip=tooltip)
    )
    zero = alt.Chart(table[:1]).mark_rule(color=theme.INK).encode(x=x)
    return rows.frame([bars, zero], list(table["name"]), list(table["text"]), list(table["is_book"]))

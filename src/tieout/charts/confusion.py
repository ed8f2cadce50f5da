"""Under which cause the money of each planted cause was found: planted causes down, found causes across.

What was found under its own cause, the diagonal, is drawn as the first column: so only what was confused needs columns,
and labels stay readable however many causes there are.
"""

from __future__ import annotations

import textwrap
from decimal import Decimal
from typing import NamedTuple

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

NOTHING = "nothing"  # in the table: what stands opposite of money that has no partner
SHOWN = 5  # found causes with a column of their own; the rest are one column
_TOOLTIP = {"true": "Planted", "found": "Found", "text": "Money"}
_OWN, _OTHER = "its own cause", "other causes"
_BAR, _LABEL = 0.8, 28  # width of a full bar, in columns; characters of a column's name


class _Cell(NamedTuple):
    """Money of one planted cause in one column, in units of currency."""

    true_cause: str
    column: str
    amount: Decimal


def draw(confusion: pd.DataFrame, titles: dict[str, str], *, currency: str) -> alt.LayerChart:
    """``confusion``: amount (above zero, units of ``currency``) by true_cause and found_cause, 'nothing' where none.

    ``titles`` gives a cause's name for people. A bar's length is its share of the money of its row.
    """
    pairs = list(zip(confusion["true_cause"], confusion["found_cause"], confusion["amount"], strict=True))
    planted = _sums([(true, amount) for true, _, amount in pairs])
    astray = sorted(
        ((amount, true, found) for true, found, amount in pairs if true != found), key=lambda pair: (-pair[0], pair[1:])
    )
    names = {**titles, NOTHING: "Nothing planted"}
    causes = sorted(planted, key=lambda cause: (cause == NOTHING, -planted[cause], cause))
    message = _message(planted, astray, currency)
    return theme.finish(
        _layers(pairs, causes, planted, names, currency) if pairs else theme.words("There is no money to compare."),
        title=message,
        subtitle="Rows: planted causes. Columns: the cause found. A full bar is all money of its row.",
        description=" ".join([f"{message}.", *_in_words(astray, titles, currency)]),
        height=rows.height(len(causes)) if pairs else theme.LINE,
    )


def _message(planted: dict[str, Decimal], astray: list[tuple[Decimal, str, str]], currency: str) -> str:
    whole = sum((amount for cause, amount in planted.items() if cause != NOTHING), Decimal(0))
    wrong = sum((amount for amount, true, _ in astray if true != NOTHING), Decimal(0))
    claimed = planted.get(NOTHING, Decimal(0))
    tail = f"; {wording.money(claimed, currency)} was claimed without truth" if claimed else ""
    if not whole:
        return "Nothing was planted" + (tail or ", and nothing was found")
    if not wrong and not claimed:
        return f"Everything is on the diagonal: all {wording.money(whole, currency)} found under its own cause"
    if not wrong:
        return f"All of {wording.money(whole, currency)} planted was found under its own cause{tail}"
    share = min(float((whole - wrong) / whole), 0.999)  # what is not all must not be rounded to all
    return f"{wording.percent(share)} of {wording.money(whole, currency)} planted was found under its own cause{tail}"


def _in_words(astray: list[tuple[Decimal, str, str]], titles: dict[str, str], currency: str) -> list[str]:
    """The largest sums that were not found under their own cause."""
    names = {**titles, NOTHING: NOTHING}
    listed = [
        f"{names.get(true, true)} found as {names.get(found, found)}: {wording.money(amount, currency)}"
        for amount, true, found in astray[:SHOWN]
    ]
    return [f"The largest astray: {'; '.join(listed)}."] if listed else []


def _columns(pairs: list[tuple[str, str, Decimal]]) -> list[str]:
    """Found causes that took money of others, the largest first; those beyond the limit are one; the missed is last.

    What was taken from planted causes counts before what was claimed without truth.
    """
    astray = [(true, found, amount) for true, found, amount in pairs if found not in (true, NOTHING)]
    taken = _sums([(found, amount if true != NOTHING else Decimal(0)) for true, found, amount in astray])
    claimed = _sums([(found, amount) for _, found, amount in astray])
    ranked = sorted(taken, key=lambda cause: (-taken[cause], -claimed[cause], cause))
    if len(ranked) > SHOWN + 1:
        ranked = [*ranked[:SHOWN], _OTHER]
    return [_OWN, *ranked, *([NOTHING] if any(found == NOTHING for _, found, _ in pairs) else [])]


def _cells(pairs: list[tuple[str, str, Decimal]], columns: list[str]) -> list[_Cell]:
    def column(true: str, found: str) -> str:
        return _OWN if true == found else found if found in columns else _OTHER

    sums: dict[tuple[str, str], Decimal] = {}
    for true, found, amount in pairs:
        key = true, column(true, found)
        sums[key] = sums.get(key, Decimal(0)) + amount
    return [_Cell(true, found, amount) for (true, found), amount in sums.items()]


def _layers(
    pairs: list[tuple[str, str, Decimal]],
    causes: list[str],
    planted: dict[str, Decimal],
    names: dict[str, str],
    currency: str,
) -> alt.LayerChart:
    columns = _columns(pairs)
    cells = pd.DataFrame([
        {
            "top": causes.index(cell.true_cause) - 0.3, "bottom": causes.index(cell.true_cause) + 0.3,
            "start": float(columns.index(cell.column)), "is_right": cell.column == _OWN,
            "end": columns.index(cell.column) + _BAR * float(cell.amount / planted[cell.true_cause]),
            "true": names.get(cell.true_cause, cell.true_cause), "found": _heading(cell.column, names),
            "text": wording.money(cell.amount, currency),
        }
        for cell in _cells(pairs, columns)
    ])  # fmt: skip
    scale = alt.Scale(domain=[0, len(columns)], nice=False, zero=False)
    x, y = alt.X("start:Q", axis=None, scale=scale), rows.y("top", len(causes))
    fill = alt.condition(alt.datum.is_right, alt.value(theme.INK), alt.value(theme.ACCENT))
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in _TOOLTIP.items()]
    # The outline keeps a share of nearly nothing visible.
    bars = alt.Chart(cells).mark_rect(strokeWidth=1).encode(
        x=x, x2="end:Q", y=y, y2="bottom:Q", color=fill, stroke=fill, tooltip=tooltip
    )  # fmt: skip
    figures = [wording.money(planted[cause], currency) for cause in causes]
    labels = [names.get(cause, cause) for cause in causes]
    return rows.frame([*_headings(columns, names, x), bars], labels, figures, [cause == NOTHING for cause in causes])


def _headings(columns: list[str], names: dict[str, str], x: alt.X) -> list[alt.Chart]:
    """A line where each column's bars start, and the column's name above it."""
    table = pd.DataFrame({
        "start": range(len(columns)),
        "text": [textwrap.shorten(_heading(name, names), _LABEL, placeholder=" …") for name in columns],
    })  # fmt: skip
    lines = alt.Chart(table).mark_rule(color=theme.PALE).encode(x=x)
    text = alt.Chart(table).mark_text(align="left", baseline="top", angle=270, color=theme.GREY, fontSize=12)
    return [lines, text.encode(x=x, y=alt.value(-6), text="text:N")]


def _heading(column: str, names: dict[str, str]) -> str:
    return "nothing (missed)" if column == NOTHING else names.get(column, column)


def _sums(amounts: list[tuple[str, Decimal]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for name, amount in amounts:
        sums[name] = sums.get(name, Decimal(0)) + amount
    return sums

"""The report's tables, set like financial statements: exact amounts, one rule above a sum, two below a total."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

import pandas as pd
from great_tables import GT, loc, style

from tieout.charts import theme, wording
from tieout.reporting.facts import Facts

SHOWN = 8  # causes with a row of their own on the leadership page
_NOTHING = "–"
_Row = TypeVar("_Row")
BOOKS = {"first_reported": "First reported", "recorded": "Recorded", "corrected": "Corrected", "expected": "Expected"}
LINES = {
    "revenue": "Revenue", "shipping_income": "Shipping income", "discounts": "less discounts",
    "returns": "less returns", "cogs": "less cost of goods sold", "gross_profit": "Gross profit",
    "gross_margin": "Gross margin", "stock_losses": "less stock losses",
    "profit_after_stock_losses": "Profit after stock losses",
}  # fmt: skip
_COSTS = ("discounts", "returns", "cogs", "stock_losses")  # less of them is more profit


def margin(facts: Facts) -> GT:
    """The period's margin in its books and what the corrections do to it, beside the prior period and the prior year.

    A book that says what its neighbour says is left out: first reported as recorded, expected as corrected.
    """
    recorded, corrected = facts.book("recorded"), facts.book("corrected")
    same = {"first_reported": recorded, "expected": corrected}
    known = [book for book in BOOKS if book != "first_reported" or facts.was_closed]
    shown = [book for book in known if book not in same or not _agree(facts.book(book), same[book])]
    cells = {(facts.title, BOOKS[book]): [_line(facts, facts.book(book), line) for line in LINES] for book in shown}
    cells[facts.title, "Effect on profit"] = [_effect(facts, recorded, corrected, line) for line in LINES]
    for period in (facts.prior, facts.prior_year):
        if period:
            before = facts.book("corrected", period)
            cells[wording.period_title(period), "Corrected"] = [_line(facts, before, line) for line in LINES]
    sums = [list(LINES).index(line) for line in ("gross_profit", "profit_after_stock_losses")]
    return statement("margin", list(LINES.values()), cells, sums=sums, totals=sums[1:])


def _agree(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[line] == other[line] for line in LINES if line != "gross_margin")


def _effect(facts: Facts, recorded: dict[str, Any], corrected: dict[str, Any], line: str) -> str:
    """What the corrections of a line do to profit: − is unfavourable; of the margin, in points."""
    if line == "gross_margin":
        pair = (corrected[line], recorded[line])
        return _NOTHING if any(map(wording.is_missing, pair)) else wording.points(pair[0] - pair[1])
    change = corrected[line] - recorded[line]
    return _change(facts, -change if line in _COSTS else change)


def _change(facts: Facts, amount: Decimal) -> str:
    """An exact amount with its sign, but for nothing."""
    return f"+{facts.exact(amount)}" if amount > 0 else facts.exact(amount)


def _line(facts: Facts, row: dict[str, Any], line: str) -> str:
    write = wording.percent if line == "gross_margin" else facts.exact
    return _text(row[line], write)


def _text(value: Any, write: Callable[[Any], str]) -> str:
    return _NOTHING if wording.is_missing(value) else write(value)


def bridge(facts: Facts, shown: int | None = None) -> GT:
    """From recorded to corrected cause by cause, then up to expected.

    With ``shown``, as many causes have a row of their own, the largest; the others are one row, so that it adds up.
    """
    effects = facts.bridge[facts.bridge["gross_profit"] != 0]
    known = _effects(facts, effects[effects["in_corrected"]], shown)
    rows = [_level(facts, "recorded"), *known, _level(facts, "corrected")]
    sums = [0, len(rows) - 1]
    still_open = _effects(facts, effects[~effects["in_corrected"]], shown)
    if still_open:
        rows += [*still_open, _level(facts, "expected")]
        sums.append(len(rows) - 1)
    cells = {("", "Gross profit"): [row[1] for row in rows], ("", "Margin"): [row[2] for row in rows]}
    return statement("bridge", [row[0] for row in rows], cells, sums=sums, totals=sums[-1:])


def _level(facts: Facts, book: str) -> tuple[str, str, str]:
    row = facts.book(book)
    return BOOKS[book], _line(facts, row, "gross_profit"), _line(facts, row, "gross_margin")


def _effects(facts: Facts, effects: pd.DataFrame, shown: int | None) -> list[tuple[str, str, str]]:
    """Causes, the largest first; beyond ``shown`` as one row."""
    causes = sorted(
        zip(effects["cause"], effects["gross_profit"], effects["margin_points"], strict=True),
        key=lambda row: (-abs(row[1]), row[0]),
    )
    named, rest = _split(causes, shown)
    rows = [(facts.titles.get(cause, cause), profit, points) for cause, profit, points in named]
    if rest:
        points = [row[2] for row in rest if not wording.is_missing(row[2])]
        rows.append((_smaller(rest), sum((row[1] for row in rest), Decimal(0)), sum(points) if points else None))
    return [(name, _change(facts, profit), _text(points, wording.points)) for name, profit, points in rows]


def _split(rows: list[_Row], shown: int | None) -> tuple[list[_Row], list[_Row]]:
    """The rows to show, and those that become one; a single one is shown, since its row says more."""
    if shown is None or len(rows) <= shown + 1:
        return rows, []
    return rows[:shown], rows[shown:]


def _smaller(rest: Sequence[Any]) -> str:
    return f"{len(rest)} smaller causes"


def channels(facts: Facts) -> GT:
    """Each channel's contribution as recorded and as corrected, the largest channel first."""
    rows = {(row["channel"], row["book"]): row for row in facts.channels.to_dict("records")}
    sales = {channel: row["revenue"] for (channel, book), row in rows.items() if book == "corrected"}
    names = sorted(set(facts.channels["channel"]), key=lambda name: (-sales.get(name, Decimal(0)), name))
    cells = {
        (title, BOOKS[book]): [_text(rows.get((name, book), {}).get(field), write) for name in names]
        for title, field, write in (
            ("Contribution", "contribution", facts.exact),
            ("Contribution margin", "contribution_margin", wording.percent),
        )
        for book in ("recorded", "corrected")
    }
    return statement("channels", [name or "no channel" for name in names], cells)


def cash(facts: Facts) -> GT:
    """What overstates and understates inventory at the period's end: the largest causes, the others, and the sum."""
    kinds = ["overstated", "understated", "net"]
    known = facts.cash[facts.cash["in_corrected"]]
    rows = [
        (facts.titles.get(cause, cause), *amounts)
        for cause, *amounts in known[["cause", *kinds]].itertuples(index=False)
    ]
    rows, rest = _split(sorted(rows, key=lambda row: (-(row[1] + row[2]), row[0])), SHOWN)
    if rest:
        rows = [*rows, (_smaller(rest), *(sum(amounts, Decimal(0)) for amounts in list(zip(*rest, strict=True))[1:]))]
    rows = [*rows, ("All causes", *(sum(known[kind], Decimal(0)) for kind in kinds))]
    cells = {
        ("", kind.capitalize()): [facts.exact(row[place]) for row in rows] for place, kind in enumerate(kinds, start=1)
    }
    return statement("cash", [row[0] for row in rows], cells, sums=[len(rows) - 1], totals=[len(rows) - 1])


_MOVEMENTS = {
    "opening": "Opening stock", "brought_forward": "Brought forward", "received": "Received",
    "returned_to_vendors": "Returned to vendors", "returned_by_customers": "Returned by customers",
    "transferred_in": "Transferred in", "transferred_out": "Transferred out", "sold": "Sold",
    "assembled": "Assembled", "used_in_assemblies": "Used in assemblies", "adjusted": "Adjusted and counted",
    "written_off": "Written off", "revalued": "Revalued by bills", "other": "Without an event",
    "closing": "Closing stock",
}  # fmt: skip


def roll_forward(facts: Facts) -> GT:
    """From opening to closing stock as recorded and as corrected, units and money."""
    table = facts.company.roll_forward(facts.period, facts.period)
    cells = {
        (BOOKS[book], kind.capitalize()): [
            write(sum(table.loc[table["book"] == book, f"{movement}_{kind}"], Decimal(0))) for movement in _MOVEMENTS
        ]
        for book in ("recorded", "corrected")
        for kind, write in (("quantity", _units), ("amount", facts.exact))
    }
    last = len(_MOVEMENTS) - 1
    return statement("roll-forward", list(_MOVEMENTS.values()), cells, sums=[0, last], totals=[last])


def _units(quantity: Decimal) -> str:
    return f"{quantity.normalize():,f}".replace("-", wording.MINUS)


def inventory_days(facts: Facts) -> GT:
    """The causes that make the days of inventory wrong, the largest first, with their sum."""
    bridge = facts.company.inventory_days_bridge(facts.period, facts.period)
    bridge = bridge[bridge["days"].notna()]
    rows = sorted(zip(bridge["cause"], bridge["days"], strict=True), key=lambda row: (-abs(row[1]), row[0]))
    lines = [*(facts.titles.get(cause, cause) for cause, _ in rows), "All causes"]
    days = [*(days for _, days in rows), sum(days for _, days in rows)]
    texts = [wording.points(value / 100).removesuffix(" points") for value in days]
    cells = {("Recorded less corrected", "Days"): texts}
    return statement("inventory-days", lines, cells, sums=[len(rows)], totals=[len(rows)])


def files(facts: Facts) -> GT:
    """Rows read, loaded and rejected, file by file."""
    table = facts.company.files()
    kinds = ("read", "loaded", "rejected")
    cells = {("Rows", kind.capitalize()): [f"{int(count):,}" for count in table[f"rows_{kind}"]] for kind in kinds}
    return statement("files", list(table["file"]), cells)


def statement(
    name: str,
    lines: Sequence[str],
    cells: Mapping[tuple[str, str], Sequence[str]],
    *,
    sums: Sequence[int] = (),
    totals: Sequence[int] = (),
) -> GT:
    """Text cells as a statement. ``cells`` has (heading over columns, heading); ``sums`` and ``totals`` name rows."""
    headings = {f"column{place}": pair for place, pair in enumerate(cells)}
    columns = {column: list(cells[pair]) for column, pair in headings.items()}
    statement = (
        GT(pd.DataFrame({"line": list(lines), **columns}), rowname_col="line", id=f"table-{name}")
        .cols_label({column: heading for column, (_, heading) in headings.items()})
        .cols_align("right", columns=list(columns))
    )
    for group in dict.fromkeys(group for group, _ in cells if group):
        statement = statement.tab_spanner(group, [column for column, pair in headings.items() if pair[0] == group])
    above = style.borders(sides="top", color=theme.INK, weight="1px")
    below = style.borders(sides="bottom", style="double", color=theme.INK, weight="3px")
    for rows, border in ((list(sums), above), (list(totals), below)):
        for place in (loc.body(rows=rows), loc.stub(rows=rows)) if rows else ():
            statement = statement.tab_style([style.text(weight="bold"), border], place)
    return statement

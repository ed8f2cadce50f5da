"""The report's tables, set like financial statements: exact amounts, one rule above a sum, two below a total."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
from great_tables import GT, loc, style

from tieout.charts import theme, wording
from tieout.reporting.facts import Facts

_NOTHING = "–"
BOOKS = {"first_reported": "First reported", "recorded": "Recorded", "corrected": "Corrected", "expected": "Expected"}
LINES = {
    "revenue": "Revenue", "shipping_income": "Shipping income", "discounts": "less discounts",
    "returns": "less returns", "cogs": "less cost of goods sold", "gross_profit": "Gross profit",
    "gross_margin": "Gross margin", "stock_losses": "less stock losses",
    "profit_after_stock_losses": "Profit after stock losses",
}  # fmt: skip


def margin(facts: Facts) -> GT:
    """The period's margin in the four books, beside what the prior period was."""
    shown = [book for book in BOOKS if book != "first_reported" or facts.was_closed]
    books = {(facts.title, BOOKS[book]): facts.book(book) for book in shown}
    if facts.prior:
        books[wording.period_title(facts.prior), "Corrected"] = facts.book("corrected", facts.prior)
    cells = {heading: [_line(facts, row, line) for line in LINES] for heading, row in books.items()}
    sums = [list(LINES).index(line) for line in ("gross_profit", "profit_after_stock_losses")]
    return statement("margin", list(LINES.values()), cells, sums=sums, totals=sums[1:])


def _line(facts: Facts, row: dict[str, Any], line: str) -> str:
    write = wording.percent if line == "gross_margin" else facts.exact
    return _text(row[line], write)


def _text(value: Any, write: Callable[[Any], str]) -> str:
    return _NOTHING if wording.is_missing(value) else write(value)


def bridge(facts: Facts) -> GT:
    """From recorded to corrected cause by cause, then up to expected."""
    effects = facts.bridge[facts.bridge["gross_profit"] != 0]
    rows = [_level(facts, "recorded"), *_effects(facts, effects[effects["in_corrected"]]), _level(facts, "corrected")]
    sums = [0, len(rows) - 1]
    still_open = _effects(facts, effects[~effects["in_corrected"]])
    if still_open:
        rows += [*still_open, _level(facts, "expected")]
        sums.append(len(rows) - 1)
    cells = {("", "Gross profit"): [row[1] for row in rows], ("", "Margin"): [row[2] for row in rows]}
    return statement("bridge", [row[0] for row in rows], cells, sums=sums, totals=sums[-1:])


def _level(facts: Facts, book: str) -> tuple[str, str, str]:
    row = facts.book(book)
    return BOOKS[book], _line(facts, row, "gross_profit"), _line(facts, row, "gross_margin")


def _effects(facts: Facts, effects: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Causes, the largest first."""
    causes = zip(effects["cause"], effects["gross_profit"], effects["margin_points"], strict=True)
    return [
        (facts.titles.get(cause, cause), facts.exact(profit), _text(points, wording.points))
        for cause, profit, points in sorted(causes, key=lambda row: (-abs(row[1]), row[0]))
    ]


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
    """What overstates and understates inventory at the period's end, with its sum."""
    kinds = ["overstated", "understated", "net"]
    known = facts.cash[facts.cash["in_corrected"]]
    rows = [
        (facts.titles.get(cause, cause), *amounts)
        for cause, *amounts in known[["cause", *kinds]].itertuples(index=False)
    ]
    rows.sort(key=lambda row: (-(row[1] + row[2]), row[0]))
    rows.append(("All causes", *(sum(known[kind], Decimal(0)) for kind in kinds)))
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

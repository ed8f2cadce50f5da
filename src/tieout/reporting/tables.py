"""The report's tables, set like financial statements: exact amounts, one rule above a sum, two below a total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
from great_tables import GT, loc, style

from tieout.charts import theme, wording
from tieout.reporting.facts import Facts

NOTHING = "–"
_BOOKS = {"first_reported": "First reported", "recorded": "Recorded", "corrected": "Corrected", "expected": "Expected"}
_LINES = {
    "revenue": "Revenue", "shipping_income": "Shipping income", "discounts": "less discounts", "returns": "less returns",
    "cogs": "less cost of goods sold", "gross_profit": "Gross profit", "gross_margin": "Gross margin",
    "stock_losses": "less stock losses", "profit_after_stock_losses": "Profit after stock losses",
}  # fmt: skip


_LOOK: dict[str, Any] = {
    "table_font_names": theme.FONT.split(", "), "table_font_color": theme.INK, "table_font_size": "14px", "table_width": "100%",
    "table_border_top_style": "none", "table_border_bottom_style": "none", "column_labels_border_top_style": "none",
    "column_labels_border_bottom_color": theme.INK, "column_labels_border_bottom_width": "1px", "stub_border_style": "none",
    "table_body_hlines_color": theme.PALE, "table_body_border_top_style": "none", "table_body_border_bottom_width": "1px",
    "table_body_border_bottom_color": theme.INK, "data_row_padding": "5px", "column_labels_padding": "5px",
}  # fmt: skip


def margin(facts: Facts) -> GT:
    """The period's margin in the four books, beside what the prior period was."""
    books = {(facts.title, title): facts.book(book) for book, title in _BOOKS.items()}
    if facts.prior:
        books[wording.period_title(facts.prior), "Corrected"] = facts.book("corrected", facts.prior)
    cells = {heading: [_line(facts, row, line) for line in _LINES] for heading, row in books.items()}
    sums = [list(_LINES).index(line) for line in ("gross_profit", "profit_after_stock_losses")]
    return _statement("margin", list(_LINES.values()), cells, sums=sums, totals=sums[1:])


def _line(facts: Facts, row: dict[str, Any] | None, line: str) -> str:
    if row is None or wording.is_missing(row[line]):
        return NOTHING
    return wording.percent(row[line]) if line == "gross_margin" else _amount(facts, row[line])


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
    return _statement("bridge", [row[0] for row in rows], cells, sums=sums, totals=sums[-1:])


def _level(facts: Facts, book: str) -> tuple[str, str, str]:
    row = facts.book(book)
    return _BOOKS[book], _line(facts, row, "gross_profit"), _line(facts, row, "gross_margin")


def _effects(facts: Facts, effects: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Causes, the largest first."""
    causes = zip(effects["cause"], effects["gross_profit"], effects["margin_points"], strict=True)
    return [
        (facts.titles.get(cause, cause), _amount(facts, profit), NOTHING if wording.is_missing(points) else wording.points(points))
        for cause, profit, points in sorted(causes, key=lambda row: (-abs(row[1]), row[0]))
    ]


def channels(facts: Facts) -> GT:
    """Each channel's contribution as recorded and as corrected."""
    by_book = {book: facts.channels[facts.channels["book"] == book].set_index("channel") for book in ("recorded", "corrected")}
    names = sorted(set(facts.channels["channel"]))
    cells = {
        (title, _BOOKS[book]): [_channel_cell(facts, table, name, field) for name in names]
        for field, title in (("contribution", "Contribution"), ("contribution_margin", "Contribution margin"))
        for book, table in by_book.items()
    }
    return _statement("channels", [name or "(none)" for name in names], cells)


def _channel_cell(facts: Facts, table: pd.DataFrame, channel: str, field: str) -> str:
    value = table.at[channel, field] if channel in table.index else None
    if wording.is_missing(value):
        return NOTHING
    return wording.percent(value) if field == "contribution_margin" else _amount(facts, value)


def cash(facts: Facts) -> GT:
    """What overstates and understates inventory at the period's end, with its sum."""
    kinds = ("overstated", "understated", "net")
    table = facts.cash[facts.cash["in_corrected"] & ((facts.cash["overstated"] != 0) | (facts.cash["understated"] != 0))]
    ranked = sorted(zip(table["cause"], *(table[kind] for kind in kinds), strict=True), key=lambda row: (-(row[1] + row[2]), row[0]))
    names = [*(facts.titles.get(row[0], row[0]) for row in ranked), "All causes"]
    cells = {
        ("", kind.capitalize()): [_amount(facts, amount) for amount in (*(row[place] for row in ranked), sum(table[kind], Decimal(0)))]
        for place, kind in enumerate(kinds, start=1)
    }
    return _statement("cash", names, cells, sums=[len(ranked)], totals=[len(ranked)])


def files(facts: Facts) -> GT:
    """Rows read, loaded and rejected, file by file."""
    table = facts.company.files()
    kinds = ("read", "loaded", "rejected")
    cells = {("Rows", kind.capitalize()): [f"{int(count):,}" for count in table[f"rows_{kind}"]] for kind in kinds}
    return _statement("files", list(table["file"]), cells)


def _amount(facts: Facts, amount: Decimal) -> str:
    """An exact amount without its currency, which the table's note names."""
    return f"{amount:,.{facts.company.decimals}f}".replace("-", wording.MINUS)


def _statement(
    name: str, lines: Sequence[str], cells: Mapping[tuple[str, str], Sequence[str]],
    *, sums: Sequence[int] = (), totals: Sequence[int] = (),
) -> GT:
    """Text cells, by (heading over several columns, heading), as a statement; ``sums`` and ``totals`` are row numbers."""
    columns = {f"column{place}": list(column) for place, column in enumerate(cells.values())}
    headings = dict(zip(columns, cells, strict=True))
    statement = (
        GT(pd.DataFrame({"line": list(lines), **columns}), rowname_col="line", id=f"table-{name}")
        .cols_label({column: heading for column, (_, heading) in headings.items()})
        .cols_align("right", columns=list(columns))
        .tab_options(**_LOOK)
    )
    for group in dict.fromkeys(group for group, _ in cells if group):
        statement = statement.tab_spanner(group, columns=[column for column, pair in headings.items() if pair[0] == group])
    for rows, side, line, weight in ((sums, "top", "solid", "1px"), (totals, "bottom", "double", "3px")):
        borders = style.borders(sides=side, style=line, color=theme.INK, weight=weight)
        for place in (loc.body(rows=list(rows)), loc.stub(rows=list(rows))) if rows else ():
            statement = statement.tab_style([style.text(weight="bold"), borders], place)
    return statement

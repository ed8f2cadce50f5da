"""Tables as an Excel file: typed cells, text that stays text, and the same bytes for the same content.

Excel keeps numbers as binary doubles, which carry 15 significant digits. What has more is written as text, with a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from tieout.charts import wording

MOST_ROWS = 1_000_000
_MOST_DIGITS = 15
_MOST_TEXT = 32_767
RULES = {
    "Numbers": f"Excel keeps {_MOST_DIGITS} significant digits. A number with more is written as text, exact, and its "
    "cell has a note; sums of cells leave it out.",
    "Text": f"Every text is text, whatever it begins with. Excel holds {_MOST_TEXT:,} characters a cell: a longer text "
    "is cut and ends in …",
}
_NOTE = f"Text: more than the {_MOST_DIGITS} significant digits that Excel keeps of a number."
_MEASURED_ROWS = 1_000
_NARROWEST, _WIDEST = 8, 60
_TEXTS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@"}, "line": {"num_format": "@"},
    "sentence": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "heading": {"num_format": "@", "bold": True, "bottom": 1},
    "alarm": {"num_format": "@", "bold": True, "font_color": "#B00020"},
}  # fmt: skip
_NUMBERS = {
    "quantity": "#,##0.00##",
    "count": "#,##0",
    "percent": "0.00%",
    "points": '+0.00" points";-0.00" points";0.00" points"',
}
_RUNNING_ON = ("line", "alarm")
_DATES = {"date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm:ss"}


class Cell(NamedTuple):
    """A value of another kind than its column."""

    kind: str
    value: Any


class Total(tuple[Any, ...]):
    """A row that adds up others."""


class Column(NamedTuple):
    """A heading, and what stands under it: a text, a number, a date, or ``money`` in the book's places."""

    title: str
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """Columns and rows; ``count`` rows are there, without totals. A list can be filtered, a statement cannot."""

    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    count: int
    totals: Sequence[Total] = ()
    is_list: bool = True
    export: str = ""  # the command that writes all rows

    @property
    def cut(self) -> str:
        """What to say if a sheet cannot hold all rows; nothing if it can."""
        if self.count <= MOST_ROWS:
            return ""
        return (
            f"Only the first {MOST_ROWS:,} of {self.count:,} rows are here: a sheet holds no more. Totals are of all "
            f"rows. For all rows, of all periods: {self.export}"
        )


@dataclass(frozen=True)
class Sheet:
    """Tables one below the other; the first one's headings stay in sight."""

    name: str
    tables: Sequence[Table]


@dataclass
class _Page:
    """A sheet that is being written, from above to below: what stands above is on disk already."""

    sheet: Any
    formats: Mapping[tuple[str, bool], Any]
    row: int = 0
    widths: dict[int, int] = field(default_factory=dict)


def write(path: Path, created: datetime, decimals: int, sheets: Iterable[Sheet]) -> None:
    """Write ``sheets`` to ``path``; ``decimals`` are the currency's, ``created`` stands in the file's properties.

    Working files lie beside ``path``: give it a folder of its own that goes away if writing fails.
    """
    # Rows go to disk as they come (``in_memory`` would keep them all): a million of them must not fill the memory.
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": created.replace(tzinfo=None)})
        formats = _formats(book, decimals)
        for sheet in sheets:
            _write_sheet(_Page(book.add_worksheet(sheet.name), formats), sheet.tables)


def write_text(sheet: Any, row: int, column: int, text: str, look: Any = None) -> None:
    """Write a text so that it stays one, whatever it holds."""
    text = _fitting(text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd"))  # XML has no place for these two
    if text.startswith("<r>") and text.endswith("</r>"):  # xlsxwriter would take it for markup of its own
        parts = [text[0], xlsxwriter.format.Format(), text[1:]]
        sheet.write_rich_string(row, column, *parts, *([look] if look else []))
    else:
        sheet.write_string(row, column, text, look)


def _fitting(text: str) -> str:
    """The text as far as a cell holds it, counted as Excel counts: in units of UTF-16."""
    if len(text) * 2 <= _MOST_TEXT:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _MOST_TEXT:
        return text
    return units[: 2 * (_MOST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"


def _formats(book: xlsxwriter.Workbook, decimals: int) -> dict[tuple[str, bool], Any]:
    """Looks by kind, and whether the row is a total."""
    numbers = {"money": "#,##0" + "." * (decimals > 0) + "0" * decimals, **_NUMBERS}
    looks = {
        **_TEXTS,
        **{kind: {"num_format": form, "align": "right"} for kind, form in numbers.items()},
        **{kind: {"num_format": form, "align": "left"} for kind, form in _DATES.items()},
        "flag": {"align": "left"},
    }
    total = {"bold": True, "top": 1}
    return {
        (kind, is_total): book.add_format(look | total if is_total else look)
        for kind, look in looks.items()
        for is_total in (False, True)
    }


def _write_sheet(page: _Page, tables: Sequence[Table]) -> None:
    for place, table in enumerate(tables):
        if table.cut:
            _write_cell(page, 0, "alarm", table.cut)
            page.row += 1
        if place == 0:
            page.sheet.freeze_panes(page.row + 1, 0)
            page.sheet.repeat_rows(page.row)
        _write_table(page, table)
        page.row += 1
    for column, width in page.widths.items():
        page.sheet.set_column(column, column, min(max(width + 2, _NARROWEST), _WIDEST))
    page.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    page.sheet.set_landscape()
    page.sheet.fit_to_pages(1, 0)


def _write_table(page: _Page, table: Table) -> None:
    head = page.row
    _write_row(page, [Cell("heading", column.title) for column in table.columns], table.columns)
    for row in islice(table.rows, MOST_ROWS):
        _write_row(page, row, table.columns)
    if table.is_list and page.row > head + 1:
        page.sheet.autofilter(head, 0, page.row - 1, len(table.columns) - 1)
    for row in table.totals:
        _write_row(page, row, table.columns)


def _write_row(page: _Page, row: Sequence[Any], columns: Sequence[Column]) -> None:
    is_total = isinstance(row, Total)
    for place, (value, column) in enumerate(zip(row, columns, strict=True)):
        kind, content = value if isinstance(value, Cell) else (column.kind, value)
        if page.row < _MEASURED_ROWS:
            page.widths[place] = max(page.widths.get(place, 0), _width(kind, content))
        _write_cell(page, place, kind, content, is_total)
    page.row += 1


def _width(kind: str, value: Any) -> int:
    """About how many characters a value takes; what may run on over the cells beside it asks for none."""
    if kind in _RUNNING_ON or wording.is_missing(value):
        return 0
    if isinstance(value, float):
        return len("+100.00 points")
    return len(f"{value:,}" if isinstance(value, Decimal | int) else str(value)[:_WIDEST])


def _write_cell(page: _Page, column: int, kind: str, value: Any, is_total: bool = False) -> None:
    look = page.formats[kind, is_total]
    if wording.is_missing(value):
        if is_total:  # its rule goes over the whole row
            page.sheet.write_blank(page.row, column, None, look)
    elif kind in _TEXTS:
        write_text(page.sheet, page.row, column, str(value), look)
    elif kind in _DATES:
        page.sheet.write_datetime(page.row, column, value, look)
    elif kind == "flag":
        page.sheet.write_boolean(page.row, column, value, look)
    elif isinstance(value, Decimal | int) and _digits(value) > _MOST_DIGITS:
        page.sheet.write_string(page.row, column, f"{value:f}" if isinstance(value, Decimal) else str(value), look)
        page.sheet.write_comment(page.row, column, _NOTE)
    else:
        page.sheet.write_number(page.row, column, float(value), look)


def _digits(number: Decimal | int) -> int:
    """How many significant digits a number has."""
    return len(bytes(Decimal(number).as_tuple().digits).strip(b"\0"))

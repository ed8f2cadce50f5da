"""A damaged cell never changes money in silence: its row is rejected, or all is loaded as without the damage."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st

from exported import EXPORTS, canonical, write_config
from tieout.canonical.tables import TABLES
from tieout.sources.formats import known
from tieout.sources.recognise import recognise
from tieout.sources.sheets import rows

NO_NUMBERS = ("N/A", "#REF!", "1.2.3", "INV-12", "12 13", "(5", "1,2,3", "5-3")
# Ways to write a number of two decimals below a thousand.
WRITINGS: dict[str, Callable[[str], str]] = {
    "in brackets": lambda cell: f"({cell[1:]})" if cell[0] == "-" else cell,
    "minus behind": lambda cell: f"{cell[1:]}-" if cell[0] == "-" else cell,
    "long minus": lambda cell: cell.replace("-", "\u2212"),
    "decimal comma": lambda cell: cell.replace(".", ","),
    "three decimals": lambda cell: f"{cell}0".replace(".", ",") if abs(float(cell)) < 1 else f"{cell}0",
    "dollars": lambda cell: f"-${cell[1:]}" if cell[0] == "-" else f"${cell}",
    "blanks": lambda cell: f" {cell}\u00a0",
}


class Export(NamedTuple):
    """An export of the tests, row by row as it is written; ``money``: the places of cells with two decimals."""

    path: Path
    cells: list[list[str]]
    delimiter: str
    money: list[tuple[int, int]]
    found: dict[str, Counter[object]]


@cache
def export(name: str) -> Export:
    path = next(path for path in sorted((EXPORTS / name).iterdir()) if path.name != "source.toml")
    match = recognise(path, [known()[name]])[0]
    cells = list(rows(match.sheet))
    taken = set(match.places.values())
    money = [
        (row, place) for row in range(match.header_row, len(cells)) for place in sorted(taken)
        if place < len(cells[row]) and re.fullmatch(r"-?\d{1,3}\.\d\d", cells[row][place])
        and float(cells[row][place])
    ]  # fmt: skip
    found, _ = loaded(name, path.name, cells, match.sheet.delimiter)
    return Export(path, cells, match.sheet.delimiter, money, found)


def loaded(name: str, file: str, cells: list[list[str]], delimiter: str) -> tuple[dict[str, Counter[object]], set[int]]:
    """The rows of the canonical tables, without where they come from, and the rejected rows of the file."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, lineterminator="\n").writerows(cells)
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "in").mkdir()
        (folder / "in" / file).write_text(written.getvalue(), encoding="utf-8", newline="")
        connection = canonical(write_config(folder, '[[source]]\nformat = "auto"\npath = "in/"\n'))
    finally:
        shutil.rmtree(folder)
    found: dict[str, Counter[object]] = {}
    for table in TABLES.values():
        columns = ", ".join(column.name for column in table.columns)
        found[table.name] = Counter(connection.execute(f"select {columns} from {table.name}").fetchall())
    rejected = {row for (row,) in connection.execute("select row from rejected_rows").fetchall()}
    counts = connection.execute("select rows_read, rows_loaded + rows_rejected from source_files").fetchall()
    assert [read for read, counted in counts if read != counted] == []
    return found, rejected


FORMATS = st.sampled_from(
    [
        "amazon_all_orders", "amazon_fulfilled_shipments", "amazon_settlement_v2", "ebay_transactions",
        "etsy_sold_items", "shopify_orders", "shopify_order_transactions", "shopify_payments", "walmart_recon",
        "zoho_books_journal",
    ]
)  # fmt: skip


@given(FORMATS, st.integers(0, 10_000), st.sampled_from(NO_NUMBERS))
@example("shopify_orders", 0, "N/A")
@example("amazon_all_orders", 1, "1.2.3")
@settings(max_examples=8, deadline=None, derandomize=True)
def test_what_is_no_number_rejects_its_row_or_changes_nothing(name: str, number: int, written: str) -> None:
    path, cells, delimiter, money, before = export(name)
    row, place = money[number % len(money)]
    damaged = [list(line) for line in cells]
    damaged[row][place] = written
    found, rejected = loaded(name, path.name, damaged, delimiter)
    assert row + 1 in rejected or found == before


@given(FORMATS, st.sampled_from(sorted(WRITINGS)))
@example("shopify_payments", "minus behind")
@settings(max_examples=8, deadline=None, derandomize=True)
def test_another_writing_of_the_same_numbers_changes_nothing(name: str, writing: str) -> None:
    path, cells, delimiter, money, before = export(name)
    written = [list(line) for line in cells]
    for row, place in money:
        written[row][place] = WRITINGS[writing](cells[row][place])
    found, _ = loaded(name, path.name, written, delimiter)
    assert found == before

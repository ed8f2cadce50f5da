"""The workbook beside a report: its figures are those of the tables, and nothing in it runs."""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

import tieout
from reporting.fake import MONEY, TEXT, FakeCompany
from reporting.test_run import own_notebook
from tieout.reporting import export, facts, spreadsheet, workbook
from tieout.reporting.run import report

FEBRUARY = "2025-02"
NEW_YEAR = datetime.datetime(2025, 1, 1)  # noqa: DTZ001  a workbook knows no zones
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "<r><t>x</t></r>", "_x0041_", "\x01", "http://a.b", "00123", " ' ")
SHEETS = [
    "Summary", "Margin", "Bridge", "Channels", "Inventory", "Cash", "Corrections", "Entries", "Held back", "Sources",
    "Proofs", "Definitions",
]  # fmt: skip


class Booked(FakeCompany):
    """A made-up company with hostile names in its corrections, in a ledger of more than fifteen digits."""

    def arrow(self, name: str, start: str | None = None, end: str | None = None) -> pa.Table:
        """The tables that are read as Arrow."""
        if name == "source_files":
            return pa.Table.from_pandas(self.files(), preserve_index=False)
        tables: dict[str, dict[str, Any]] = {
            "corrections": {
                "correction_id": pa.array(HOSTILE), "period": pa.array([start] * len(HOSTILE)),
                "date": pa.array([datetime.date(2025, 11, 3)] * len(HOSTILE)),
                "amount": pa.array([Decimal("1234567890123456.78"), *[Decimal("-0.10")] * (len(HOSTILE) - 1)]),
                "quantity": pa.array([Decimal("1.5000")] * len(HOSTILE)),
                "candidates": pa.array([["a", "b"], [], *[None] * (len(HOSTILE) - 2)]),
                "is_doubtful": pa.array([True] * len(HOSTILE)),
            },
            "entries": {
                "entry_id": ["TO-1", "TO-1", "TO-2", "TO-2"], "amount": pa.array(map(Decimal, (5, -5, 7, -7)), MONEY),
                "memo": HOSTILE[:4], "corrected_period": ["2025-10 2025-11", "2025-10", "2025-1", "2025-1"],
            },
            "proposals": {
                "held": pa.array([None, None, "no error"], TEXT),
                "amount": pa.array([Decimal("2.50"), Decimal("-2.50"), Decimal("0.10")], MONEY),
            },
            "proofs": {"proof": ["books"], "difference": pa.array([Decimal("0.00")], MONEY)},
        }  # fmt: skip
        return pa.table(tables[name])


def written(company: Any, folder: Path, period: str = "2025-11", headline: str = "=HEADLINE()") -> Workbook:
    path = folder / "book.xlsx"
    workbook.write(facts.read(company, period), headline, path)
    return openpyxl.load_workbook(path)


def column(sheet: Worksheet, title: str, head: int = 1) -> list[Any]:
    """The values under a heading."""
    place = [cell.value for cell in sheet[head]].index(title) + 1
    values = [sheet.cell(row, place).value for row in range(head + 1, sheet.max_row + 1)]
    return [unescape(value) if isinstance(value, str) else value for value in values]


def money(value: Any) -> Decimal:
    """A cell as Excel shows it: fifteen significant digits."""
    return Decimal(f"{value:.15g}")


def test_the_figures_are_those_of_the_tables(database: Path, tmp_path: Path) -> None:
    company = tieout.open(database)
    book = written(company, tmp_path, FEBRUARY)
    assert book.sheetnames == SHEETS

    margins = company.margin(start=FEBRUARY, end=FEBRUARY).set_index("book")
    for name in ("recorded", "corrected", "expected"):
        lines = dict(
            zip(column(book["Margin"], "February 2025"), column(book["Margin"], name.capitalize()), strict=True)
        )
        assert money(lines["Gross profit"]) == margins.loc[name, "gross_profit"]
        assert money(lines["less cost of goods sold"]) == margins.loc[name, "cogs"]
        assert lines["Gross margin"] == margins.loc[name, "gross_margin"]
    steps = dict(zip(column(book["Bridge"], "Step"), column(book["Bridge"], "Gross profit"), strict=True))
    assert steps == {"Recorded": 370, "Cost of sales never booked": -100, "Corrected": 270}

    table = company.corrections(FEBRUARY, FEBRUARY)
    sheet = book["Corrections"]
    assert [cell.value for cell in sheet[1]] == list(table.columns)
    assert [money(value) for value in column(sheet, "amount")] == [*table["amount"], 0]
    assert column(sheet, "correction_id") == [*table["correction_id"], "Total"]
    assert [money(value) for value in column(book["Entries"], "amount")] == [*company.entries()["amount"], 0]
    assert [row[:4] for row in book["Held back"].values][1:] == [
        ("nothing: proposed", 2, 100, 100),
        ("All", 2, 100, 100),
    ]

    sources = book["Sources"]
    read, loaded, rejected = (column(sources, f"rows_{kind}") for kind in ("read", "loaded", "rejected"))
    assert read == [one + other for one, other in zip(loaded, rejected, strict=True)]
    assert read[-1] == company.trust().iloc[0]["rows_read"] == sum(read[:-1])
    assert set(column(sources, "sha256")) == {*company.files()["sha256"], None}
    assert len(column(book["Proofs"], "proof")) == len(company.proofs()) + 1


def test_stock_and_cash_add_up(database: Path, tmp_path: Path) -> None:
    company = tieout.open(database)
    book = written(company, tmp_path, FEBRUARY)
    stock = company.inventory(FEBRUARY, FEBRUARY)
    for name in ("recorded", "corrected", "expected"):
        total = sum(stock.loc[stock["book"] == name, "amount"])
        assert money(column(book["Inventory"], name.capitalize())[-1]) == total
    gap = column(book["Inventory"], "Recorded − corrected")
    assert gap == [0, 100, 100]
    assert column(book["Cash"], "Net")[-1] == gap[-1]
    # A ledger without units has none, rather than zero.
    assert column(book["Inventory"], "Recorded units")[1] is None


def test_open_causes_come_after_the_corrected_book(tmp_path: Path) -> None:
    book = written(Booked(), tmp_path)
    titles, profits = column(book["Bridge"], "Step"), column(book["Bridge"], "Gross profit")
    assert titles.index("Corrected") < titles.index("Unexplained") < titles.index("Expected")
    places = [titles.index(name) for name in ("Recorded", "Corrected", "Expected")]
    for start, end in itertools.pairwise(places):
        assert sum(map(money, profits[start:end])) == money(profits[end])
    shown = column(book["Channels"], "Contribution")
    assert sum(map(money, shown[:-4:4])) == money(shown[-4])


@pytest.mark.parametrize("channels", [HOSTILE, ("web",)])
def test_text_stays_text(tmp_path: Path, channels: tuple[str, ...]) -> None:
    company = Booked(name="@Company", channels=channels, found={"history_in_doubt": "=2+2"})
    book = written(company, tmp_path)
    types = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert types == {"s", "n", "d", "b"}
    assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)
    assert column(book["Corrections"], "correction_id")[:-1] == list(HOSTILE)
    assert set(column(book["Channels"], "Channel")[:-4]) == set(channels)
    about = list(book["Summary"].values)
    assert about[1][:2] == ("Company", "@Company")
    assert ("Headline", "=HEADLINE()") in [row[:2] for row in about]
    assert ("Read first", "=2+2.") in [row[:2] for row in about]
    assert book["Corrections"]["A2"].number_format == "@"


def test_exported_text_stays_text(tmp_path: Path) -> None:
    export._write_xlsx(pa.table({"text": HOSTILE}), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert column(sheet, "text") == list(HOSTILE)
    assert {cell.data_type for (cell,) in sheet.iter_rows()} == {"s"}


def test_a_text_is_cut_where_a_cell_ends(tmp_path: Path) -> None:
    texts = ["x" * 32_767, "x" * 32_768, "😀" * 20_000, "a\uffffb"]
    table = spreadsheet.Table([spreadsheet.Column("text")], [(text,) for text in texts], len(texts))
    spreadsheet.write(
        tmp_path / "a.xlsx",
        NEW_YEAR,
        2,
        [spreadsheet.Sheet("A", [table])],
    )
    cells = column(openpyxl.load_workbook(tmp_path / "a.xlsx")["A"], "text")
    assert cells == [texts[0], "x" * 32_766 + "…", "😀" * 16_383 + "…", "a\ufffdb"]


def test_numbers_and_dates_are_numbers_and_dates(tmp_path: Path) -> None:
    book = written(Booked(), tmp_path)
    sheet = book["Corrections"]
    assert (sheet["C3"].value, sheet["C3"].number_format) == (NEW_YEAR.replace(month=11, day=3), "yyyy-mm-dd")
    assert (sheet["D3"].value, sheet["D3"].number_format) == (-0.1, "#,##0.00")
    assert (sheet["E3"].value, sheet["F2"].value, sheet["F3"].value, sheet["G2"].value) == (1.5, "a, b", None, True)
    assert book["Margin"]["B8"].number_format == "0.00%"
    assert "points" in book["Bridge"]["D3"].number_format
    assert book["Summary"]["B7"].value == NEW_YEAR.replace(year=2026) - datetime.timedelta(seconds=1)
    assert [book["Margin"].cell(row, 1).font.bold for row in (2, 7, 10)] == [False, True, True]
    assert all(book[name].freeze_panes == "A2" for name in SHEETS)
    lists = [name for name in SHEETS if book[name].auto_filter.ref]
    assert lists == [name for name in SHEETS if name not in ("Summary", "Margin", "Bridge", "Cash")]
    assert sheet.auto_filter.ref == f"A1:G{len(HOSTILE) + 1}"  # not over the total
    for decimals, form in ((0, "#,##0"), (3, "#,##0.000")):
        assert written(Booked(decimals=decimals), tmp_path)["Margin"]["B2"].number_format == form


def test_more_digits_than_excel_keeps_are_text_with_a_note(tmp_path: Path) -> None:
    sheet = written(Booked(), tmp_path)["Corrections"]
    assert sheet["D2"].value == "1234567890123456.78"
    assert "15 significant digits" in sheet["D2"].comment.text
    assert sheet["D3"].comment is None
    total = Decimal("1234567890123456.78") - (len(HOSTILE) - 1) * Decimal("0.10")
    assert sheet.cell(sheet.max_row, 4).value == str(total)


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        ("123456789012345", 15),
        ("1234567890123456", 16),
        ("1e30", 1),
        ("-10.50", 3),
        ("0.00", 0),
        ("1000000000000000.1", 17),
    ],
)
def test_significant_digits(number: str, digits: int) -> None:
    assert spreadsheet._digits(Decimal(number)) == digits


def test_what_does_not_fit_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 10)
    book = written(Booked(), tmp_path)
    sheet = book["Corrections"]
    says = f"Only the first 10 of {len(HOSTILE)} rows are here"
    assert sheet["A1"].value.startswith(says)
    assert "tieout export corrections --output corrections.csv" in sheet["A1"].value
    assert sheet.freeze_panes == "A3"
    assert column(sheet, "correction_id", head=2) == [*HOSTILE[:10], "Total"]
    assert any(str(row[1]).startswith(f"Corrections: {says}") for row in book["Summary"].values)
    assert column(book["Held back"], "Corrections") == [2, 1, 3]  # it fits


def test_an_entry_stays_whole(tmp_path: Path) -> None:
    """It corrects this period among others; one that corrects a period with a similar name is not here."""
    assert column(written(Booked(), tmp_path)["Entries"], "entry_id") == ["TO-1", "TO-1", "Total"]


def test_a_withheld_margin_is_not_shown_on_top(tmp_path: Path) -> None:
    rows = list(written(Booked(headline_row={"is_withheld": True, "reason": "why"}), tmp_path)["Summary"].values)
    assert ("Read first", "The headline is withheld: why.") in [row[:2] for row in rows]
    shown = {row[0]: row[2:5] for row in rows if row[0]}
    assert shown["Gross profit"] == shown["Gross margin"] == ("withheld",) * 3
    assert "Gross profit off by, against materiality" not in shown


def test_same_figures_same_bytes(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = set()
    try:
        for zone in ("UTC", "Asia/Tokyo", "America/New_York"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            written(tieout.open(database), tmp_path, FEBRUARY)
            hashes.add(hashlib.sha256((tmp_path / "book.xlsx").read_bytes()).hexdigest())
    finally:
        monkeypatch.undo()
        time.tzset()
    assert len(hashes) == 1


def test_the_manifest_names_it_and_the_next_report_replaces_it(database: Path, tmp_path: Path) -> None:
    notebook = own_notebook(tmp_path, "period")
    page = report(database, tmp_path / "reports", notebook, FEBRUARY, xlsx=True)
    names = ["own {report}.html", "own {report}.manifest.json", "own {report}.xlsx"]
    assert sorted(path.name for path in page.parent.iterdir()) == names
    manifest = json.loads((page.parent / "own {report}.manifest.json").read_text(encoding="utf-8"))
    content = (page.parent / "own {report}.xlsx").read_bytes()
    assert manifest["xlsx"] == "own {report}.xlsx"
    assert manifest["xlsx_sha256"] == hashlib.sha256(content).hexdigest()

    def fail(*_: Any) -> None:
        raise OSError("the disk is full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spreadsheet, "_write_table", fail)
        with pytest.raises(OSError, match="full"):
            report(database, tmp_path / "reports", notebook, FEBRUARY, xlsx=True)
    assert sorted(path.name for path in page.parent.iterdir()) == names
    assert (page.parent / "own {report}.xlsx").read_bytes() == content

    report(database, tmp_path / "reports", notebook, FEBRUARY)
    assert sorted(path.name for path in page.parent.iterdir()) == names[:2]
    assert "xlsx" not in json.loads((page.parent / "own {report}.manifest.json").read_text(encoding="utf-8"))

"""Kinds of files: the same rows whatever they are written as, and one clear message for each that is broken."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.styles import Alignment, Font

from exported import EXPORTS, load, write_config
from tieout.canonical.loader import Loader
from tieout.errors import InputError, UnknownFormat, UnreadableFile
from tieout.settings import CompanySettings, Settings, SourceSettings
from tieout.sources import Exports
from tieout.sources.formats import known
from tieout.sources.reading import ExportFile
from tieout.sources.recognise import recognise
from tieout.sources.sheets import look, styles
from tieout.sources.sheets import rows as sheet_rows

ORDERS = (EXPORTS / "shopify_orders" / "orders_export_1.csv").read_text(encoding="utf-8")
ROWS = list(csv.reader(io.StringIO(ORDERS, newline="")))
SETTLEMENT = (EXPORTS / "amazon_settlement_v2" / "settlement.txt").read_text(encoding="utf-8")


def take(path: Path, table: str = "shopify_orders") -> list[tuple[object, ...]]:
    """The rows that a file leaves in the table of its format, then the broken ones, as (None, row, reason)."""
    connection = duckdb.connect()
    company = CompanySettings(name="Kinds")
    source = SourceSettings(format="auto", path="x")
    files = [ExportFile(source, "x", match) for match in recognise(path, list(known().values()))]
    Exports(Loader(connection, company), Settings(path=path, company=company, source=(source,)), files).read()
    taken = ", ".join(column.name for column in known()[table].takes)
    rows = connection.execute(f"select {taken}, source_row from {table} order by source_row").fetchall()
    broken = connection.execute("select null, source_row, reason from export_broken order by source_row").fetchall()
    return [*rows, *broken]


def text(rows: list[list[str]], delimiter: str = ",") -> str:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


def workbook(path: Path, rows: list[list[str]], title: str = "Orders") -> None:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book[title].append([cell or None for cell in row])
    book.save(path)


def parquet(path: Path) -> None:
    pq.write_table(pa.table({name: [row[place] for row in ROWS[1:]] for place, name in enumerate(ROWS[0])}), path)


WRITERS: dict[str, Callable[[Path], object]] = {
    "bom.csv": lambda path: path.write_text(ORDERS, encoding="utf-8-sig"),
    "utf16.txt": lambda path: path.write_text(text(ROWS, "\t"), encoding="utf-16"),
    "windows.csv": lambda path: path.write_bytes(text([*ROWS[:1], *ROWS[1:]], ";").encode("cp1252")),
    "names.csv": lambda path: path.write_text(text([[name.upper().replace(" ", "_") for name in ROWS[0]], *ROWS[1:]])),
    "reversed.csv": lambda path: path.write_text(text([row[::-1] for row in ROWS])),
    "book.xlsx": lambda path: workbook(path, ROWS),
    "list.json": lambda path: path.write_text(json.dumps([dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]])),
    "table.parquet": parquet,
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    path = tmp_path_factory.mktemp("plain") / "orders.csv"
    path.write_text(ORDERS, encoding="utf-8")
    return take(path)


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_rows_whatever_the_file(tmp_path: Path, rows: list[tuple[object, ...]], name: str) -> None:
    WRITERS[name](tmp_path / name)
    shift = 1 if name == "table.parquet" else 0  # a parquet file has no header row
    assert [(*row[:-1], row[-1] + shift) for row in take(tmp_path / name)] == rows  # type: ignore[operator]


def test_preamble_blank_rows_and_repeated_headers_are_no_rows(tmp_path: Path, rows: list[tuple[object, ...]]) -> None:
    path = tmp_path / "padded.csv"
    above = [["Report of orders", *[""] * 78], ["two\nlines"], []]
    path.write_text(text([*above, *ROWS[:3], [], [""] * 79, ROWS[0], *ROWS[3:]]), encoding="utf-8")
    places = [5, 6, *range(10, 10 + len(rows) - 2)]
    assert take(path) == [(*row[:-1], place) for row, place in zip(rows, places, strict=True)]


def test_a_row_that_does_not_fit_is_rejected_without_its_text(tmp_path: Path, rows: list[tuple[object, ...]]) -> None:
    path = tmp_path / "long.csv"
    path.write_text(text([*ROWS[:3], [*ROWS[2], "one more"], ["short"], *ROWS[3:]]), encoding="utf-8")
    found = take(path)
    assert found[-2:] == [
        (None, 4, "has 80 cells where the header has 79"), (None, 5, "has 1 cells where the header has 79"),
    ]  # fmt: skip
    assert [row[:-1] for row in found[:-2]] == [row[:-1] for row in rows]
    assert [row[-1] for row in found[:3]] == [2, 3, 6]


def test_records_of_a_json_file_may_stand_under_keys(tmp_path: Path) -> None:
    path = tmp_path / "keyed.json"
    path.write_text(json.dumps({"MUG": {"cost": 4.84, "stock": {"on_hand": 3}}, "BOWL": {"cost": 2}}))
    assert list(sheet_rows(look(path)[0])) == [
        ["key", "cost", "stock"], ["MUG", "4.84", '{"on_hand": 3}'], ["BOWL", "2", ""],
    ]  # fmt: skip


def test_levels_of_a_workbook_told_by_style(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Group", 3], [None, None], ["Item", 3]):
        book.active.append(row)
    book.active["A1"].font = Font(bold=True)
    book.active["A3"].alignment = Alignment(indent=2)
    book.save(tmp_path / "styled.xlsx")
    assert list(styles(look(tmp_path / "styled.xlsx")[0])) == ["bold 0", "", "plain 2"]


def test_quotes_in_a_tab_separated_report_mean_themselves(tmp_path: Path) -> None:
    path = tmp_path / "settlement.txt"
    path.write_text(SETTLEMENT.replace("\tBOWL\t", '\t"12" BOWL\t'), encoding="utf-8")
    assert '"12" BOWL' in {row[16] for row in take(path, "amazon_settlement_v2")}


def test_lines_may_end_in_different_ways(tmp_path: Path, rows: list[tuple[object, ...]]) -> None:
    lines = [text([row]).removesuffix("\r\n") for row in [*ROWS[:3], ["#9", "short"], *ROWS[3:]]]
    for ends in (["\r\n", "\n"], ["\n", "\r\n"], ["\r", "\n"]):
        path = tmp_path / "mixed.csv"
        path.write_bytes("".join(line + ends[place % 2] for place, line in enumerate(lines)).encode())
        found = take(path)
        assert found[-1] == (None, 4, "has 2 cells where the header has 79")
        assert [row[:-1] for row in found[:-1]] == [row[:-1] for row in rows]
        assert [row[-1] for row in found[:-1]] == [2, 3, *range(5, 3 + len(rows))]


def test_lines_above_the_header_may_end_otherwise(tmp_path: Path, rows: list[tuple[object, ...]]) -> None:
    lines = [text([row]).removesuffix("\r\n") for row in [["Orders"], ["October"], *ROWS]]
    for ends in (["\r\n", "\n"], ["\n", "\r\n"], ["\n", "\n", "\r\n", "\n"]):
        path = tmp_path / "report.csv"
        path.write_bytes("".join(line + ends[place % len(ends)] for place, line in enumerate(lines)).encode())
        assert take(path) == [(*row[:-1], place) for place, row in enumerate(rows, start=4)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_row_that_an_unquoted_comma_moves_is_rejected(
    tmp_path: Path, rows: list[tuple[object, ...]], encoding: str
) -> None:
    moved = [*ROWS[2][:40], "Jane", "Q", *ROWS[2][41:]]
    assert moved[-1] == ""  # so no more than a blank cell is too many
    path = tmp_path / "moved.csv"
    path.write_text(text([*ROWS[:3], moved, *ROWS[3:]]), encoding=encoding)
    found = take(path)
    assert found[-1] == (None, 4, "has 80 cells where the header has 79")
    assert [row[:-1] for row in found[:-1]] == [row[:-1] for row in rows]


def test_blank_cells_at_the_end_of_all_rows_are_nothing(tmp_path: Path, rows: list[tuple[object, ...]]) -> None:
    for surplus in (1, 3):
        path = tmp_path / "wide.csv"
        path.write_text(text([ROWS[0], *([*row, *[""] * surplus] for row in ROWS[1:])]))
        assert take(path) == rows


def test_a_header_in_capitals_below_is_a_repeated_one(tmp_path: Path, rows: list[tuple[object, ...]]) -> None:
    path = tmp_path / "twice.csv"
    path.write_text(text([*ROWS, [name.upper() for name in ROWS[0]]]))
    assert take(path) == rows


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("orders.csv", ORDERS)


def million_rows_with_a_bad_quote(path: Path) -> None:
    header = "Order,Name,Kind,Gateway,Created At,Status,Amount,Currency,Card Type\n"
    row = "1,#1,sale,cash,2025-06-30 23:32:39 -0400,success,1.00,USD,\n"
    path.write_text(header + row * 600_000 + row.replace("cash", '"cash') + row * 400_000)


def torn_between(path: Path, content: bytes, letter: bytes) -> None:
    """Break a file off within its last ``letter``."""
    path.write_bytes(content[: content.rindex(letter) + 1])


def torn_sheet(path: Path) -> None:
    """A workbook whose first rows can be read and whose last cannot."""
    workbook(path, ROWS + ROWS[1:] * 10)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part[: len(part) * 4 // 5] if name.endswith("sheet1.xml") else part)


def unsolved(path: Path) -> None:
    """A workbook as a library writes it, with a formula and no result."""
    workbook(path, [*ROWS[:3], ["=1+2" if name == "Lineitem price" else "#1" for name in ROWS[0]]])


TWO = list(csv.reader(io.StringIO(SETTLEMENT), delimiter="\t"))[:2]
TURNED = [row[::-1] for row in ROWS]
LATE = ROWS[:3] + ROWS[2:3] * 60
ACCENTS = ORDERS.replace("please", "s\u00e9 please")
TABS = text(ROWS, "\t")
PROTECTED = b"\xd0\xcf\x11\xe0" + b"\0" * 100 + "EncryptedPackage".encode("utf-16-le")
BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty.csv": (lambda path: path.write_bytes(b""), "the file is empty"),
    "folder.csv": (lambda path: path.mkdir(), "is a folder, not a file"),
    "archive.csv": (zipped, r"is a zip archive \(it holds orders.csv\)"),
    "torn.zip.csv": (lambda path: (zipped(path), path.write_bytes(path.read_bytes()[:-30])), "archive that breaks off"),
    "old.xls": (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 100), r"is an old Excel workbook"),
    "protected.xlsx": (lambda path: path.write_bytes(PROTECTED), "is protected by a password"),
    "page.xlsx": (lambda path: path.write_text("\n<!DOCTYPE html><table><td>Name, Email</td>"), "is a web page"),
    "page.pdf": (lambda path: path.write_bytes(b"%PDF-1.7 x,y"), "is a PDF, not a table"),
    "binary.csv": (lambda path: path.write_bytes(b"a,b\n\0\1,2\n"), "holds NUL bytes"),
    "late_nul.csv": (lambda path: path.write_bytes(ORDERS.encode() + b"\n" * (9 << 20) + b"\0"), "holds NUL bytes"),
    "encoding.csv": (lambda path: path.write_bytes(ORDERS.encode() + b"\x81,\xff\n"), "in no encoding that we know"),
    "torn.csv": (lambda path: path.write_text(ORDERS[: ORDERS.rindex(",MUG,")]), "breaks off in row 8"),
    "torn_quote.csv": (lambda path: path.write_text(ORDERS[: ORDERS.rindex("please")]), "quote out of place"),
    "torn_letter.csv": (lambda path: torn_between(path, ACCENTS.encode(), b"\xc3\xa9"), "breaks off inside a letter"),
    "torn_cp1252.csv": (
        lambda path: torn_between(path, ACCENTS.encode("cp1252"), b",MUG,"), "breaks off in row 8: it was not",
    ),
    "torn_quote_cp1252.csv": (
        lambda path: torn_between(path, ACCENTS.encode("cp1252"), b"\xe9 please"), "row 9 has a quote out of place",
    ),
    "torn_utf16.txt": (
        lambda path: path.write_bytes((TABS[: TABS.rindex("\tMUG\t")]).encode("utf-16")), "breaks off in row 8",
    ),
    "torn_letter_utf16.txt": (lambda path: path.write_bytes(TABS.encode("utf-16")[:-1]), "breaks off inside a letter"),
    "torn_quote_utf16.txt": (
        lambda path: path.write_bytes(TABS[: TABS.rindex("please")].encode("utf-16")), "quote out of place",
    ),
    "bad_quote.csv": (million_rows_with_a_bad_quote, r"row 600002 has a quote out of place"),
    "two.csv": (lambda path: path.write_text(text(ROWS[:3]) + text(TWO)), "holds two tables: Shopify"),
    "late.csv": (lambda path: path.write_text(text(LATE) + text(TWO)), "holds two tables: Shopify .* from row 64"),
    "late.xlsx": (lambda path: workbook(path, LATE + TWO), "holds two tables: Shopify .* from row 64"),
    "late_utf16.txt": (
        lambda path: path.write_text(text(LATE + TWO, "\t"), encoding="utf-16"), "holds two tables: .* from row 64",
    ),
    "turned.csv": (lambda path: path.write_text(text(ROWS + TURNED)), "holds two tables: Shopify .* from row 10"),
    "turned_utf16.txt": (
        lambda path: path.write_text(text(ROWS + TURNED, "\t"), encoding="utf-16"),
        "holds two tables: Shopify .* from row 10",
    ),
    "nul_utf16.txt": (
        lambda path: path.write_text(TABS.replace("please", "\0"), encoding="utf-16"), "holds NUL bytes",
    ),
    "unsolved.xlsx": (unsolved, "formula without its result in cell S4 of Orders"),
    "merged.xlsx": (lambda path: workbook(path, [["Name", "", "Created at"], *ROWS[1:]]), "none of the formats"),
    "torn.xlsx": (
        lambda path: (workbook(path, ROWS), path.write_bytes(path.read_bytes()[:3000])), "workbook .* that breaks off",
    ),
    "torn_sheet.xlsx": (torn_sheet, "cannot be read as a workbook"),
    "other.csv": (lambda path: path.write_text("a,b\n1,2\n"), "none of the formats that tieout knows: no row among"),
    "words.csv": (lambda path: path.write_text("no table at all\n"), "has no columns"),
    "twice.csv": (lambda path: path.write_text(text([[*row, row[0]] for row in ROWS])), "a column twice: Name"),
    "broken.json": (lambda path: path.write_text('[{"a": 1'), "is not json"),
    "deep.json": (lambda path: path.write_text("[" * 100_000 + "]" * 100_000), "is not json"),
    "object.json": (lambda path: path.write_text('{"a": 1}'), "holds no list of records"),
    "number.json": (lambda path: path.write_text("3"), "holds no list of records"),
    "half_a_letter.json": (
        lambda path: path.write_text(json.dumps([dict(zip(ROWS[0], ["\ud800", *ROWS[1][1:]], strict=True))])),
        "cannot be read",
    ),
    "fake.parquet": (lambda path: path.write_text("PAR0 nothing"), "cannot be read as a parquet file"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gives_one_clear_message(tmp_path: Path, name: str) -> None:
    write, words = BROKEN[name]
    write(tmp_path / name)
    with pytest.raises(InputError, match=words) as caught:
        take(tmp_path / name)
    assert isinstance(caught.value, UnreadableFile | UnknownFormat)
    assert str(tmp_path / name) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_table_that_is_not_of_the_format_named_is_told_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "types.csv").write_text("transaction_type,amount_type,record_ref\nREFUND,ITEMPRICE,txn_ref\n")
    words = "is no Amazon settlement report, flat file V2: row 1 comes nearest, but settlement_id, total_amount, "
    with pytest.raises(UnknownFormat, match=words):
        recognise(tmp_path / "types.csv", [known()["amazon_settlement_v2"]])


def test_a_header_alone_is_an_export_without_rows(tmp_path: Path) -> None:
    (tmp_path / "header.csv").write_text(text(ROWS[:1]))
    assert take(tmp_path / "header.csv") == []


def test_a_name_that_is_not_utf8_is_passed_over_and_said(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("orders.csv", "or\udcffders.csv"):
        (tmp_path / "in" / name).write_text(ORDERS, encoding="utf-8")
    loaded = load(write_config(tmp_path, '[[source]]\nformat = "auto"\npath = "in/"\n'))
    assert loaded.rows("select file, rows_read from source_files") == [("in/orders.csv", 8)]
    assert loaded.rows("select message from load_findings where finding = 'unused_file'") == [
        ("in/or\\udcffders.csv has a name that is not UTF-8; it was not read",)
    ]


def test_letters_that_are_written_in_two_ways_are_told(tmp_path: Path) -> None:
    windows = ACCENTS.encode("cp1252")
    for name, content in {"windows": windows, "mixed": windows.replace(b"Plate", "Caf\u00e9 plate".encode())}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "orders.csv").write_bytes(content)
        loaded = load(write_config(tmp_path / name, '[[source]]\nformat = "auto"\npath = "orders.csv"\n'))
        told = loaded.rows("select id, message from load_findings where finding = 'mixed_encoding'")
        assert [identifier for identifier, _ in told] == (["orders.csv"] if name == "mixed" else [])
        assert all("the letters of line 2 are garbled" in str(message) for _, message in told)

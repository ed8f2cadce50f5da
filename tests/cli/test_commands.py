"""The command line as a user meets it: what it leaves, where it says so, and its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

import companies
from tieout.store import Reader

SALE = {
    "order_lines": """
        order_id, line_no, channel, sku,   quantity, unit_price, ordered_at
        O1,       1,       =web,    -A<b>, 10,       50,         2025-01-02T08:00Z
        """,
    "stock_events": """
        event_id, type,     sku,   quantity, from_location, to_location, unit_cost, order_id, line_no, occurred_at
        R1,       receipt,  -A<b>, 100,      ,              EAST,        20,        ,         ,        2025-01-01T09:00Z
        S1,       shipment, -A<b>, 10,       EAST,          ,            ,          O1,       1,       2025-01-30T09:00Z
        """,
    "gl_lines": """
        journal_id, line_no, account, amount, sku,   quantity, location, external_id, effective_date, posted_at
        J1,         1,       1000,    2000,   -A<b>, 100,      EAST,     R1,          2025-01-01,     2025-01-31T10:00Z
        J1,         2,       1200,    -2000,  -A<b>, ,         EAST,     R1,          2025-01-01,     2025-01-31T10:00Z
        """,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    companies.write(tmp_path, SALE)
    return tmp_path


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    companies.reconcile(companies.write(folder, SALE))
    return folder


def tieout(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from tieout.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_verbs_in_order(folder: Path) -> None:
    loaded = tieout(folder, "load")
    assert loaded.returncode == 0
    assert "canonical/gl_lines.csv: 2 read = 2 loaded + 0 rejected" in loaded.stdout.splitlines()
    assert "loading gl_lines" in loaded.stderr.splitlines()

    early = tieout(folder, "export", "margin")
    assert (early.returncode, early.stdout) == (2, "")
    assert "Run `tieout reconcile` first" in early.stderr

    reconciled = tieout(folder, "reconcile", "--quiet")
    assert (reconciled.returncode, reconciled.stdout, reconciled.stderr) == (0, "", "")

    checked = tieout(folder, "check")
    assert checked.returncode == 1  # a sale of 500 and its cost of 200 add up to 1,400 of corrections: beyond 1,000
    assert "missing_sale" in checked.stdout
    (folder / "tieout.toml").write_text((folder / "tieout.toml").read_text() + "\n[materiality]\namount = 1400\n")
    tieout(folder, "reconcile", "--quiet")
    checked = tieout(folder, "check")
    assert (checked.returncode, checked.stdout) == (0, "")


def test_every_table_and_view_of_a_published_database_can_be_read(published: Path) -> None:
    connection = Reader(published / "tieout.duckdb").connection
    names = connection.execute(
        "select table_name from information_schema.tables where table_catalog = current_database()"
    ).fetchall()
    assert ("post_vendor_return",) in names
    for (name,) in names:
        connection.execute(f'from "{name}" limit 1').fetchall()


def test_a_load_says_what_it_rejected_and_passed_over_and_never_publishes_nothing(folder: Path) -> None:
    sales = folder / "canonical" / "order_lines.csv"
    sales.write_text(sales.read_text().rstrip("\n") + "\nO2,1,web,MUG,ten,50,2025-01-02T08:00Z\n")
    (folder / "canonical" / "notes.csv").write_text("a,b\n")
    told = tieout(folder, "load").stderr.splitlines()
    why = 'quantity: "ten" is not a quantity of at most four decimals'
    assert f"canonical/order_lines.csv, row 3 rejected: {why}" in told
    assert "canonical/notes.csv names no canonical table; it was not read" in told
    assert "order_lines.csv,3," in tieout(folder, "export", "rejected_rows").stdout

    published = (folder / "tieout.duckdb").resolve()
    (folder / "exports").mkdir()
    orders = folder / "exports" / "orders.csv"
    orders.write_bytes(b"")
    config = folder / "tieout.toml"
    config.write_text("[company]\nname = 'A'\n[[source]]\nformat = 'auto'\npath = 'exports/'\n")
    empty = tieout(folder, "load")
    assert (empty.returncode, empty.stdout) == (2, "")
    assert "nothing can be loaded from its sources: exports/orders.csv" in empty.stderr
    config.write_text(config.read_text().replace("exports/", "bare/").replace("auto", "canonical"))
    (folder / "bare").mkdir()
    (folder / "bare" / "items.csv").write_text("sku,name\n")
    bare = tieout(folder, "load")
    assert (bare.returncode, bare.stdout) == (2, "")
    assert "bare/items.csv has a header and no rows" in bare.stderr
    assert (folder / "tieout.duckdb").resolve() == published


def test_exports_are_exact_and_hold_no_formulas(published: Path) -> None:
    folder = published
    shown = tieout(folder, "export", "corrections")
    assert shown.stdout.splitlines()[0].startswith(
        "correction_id,cause,family,event_id,origin_event_id,journal_id,role,sku,location,channel,period,date,quantity,"
        "amount,evidence,timing,account,origin_system,root,status,posted_in"
    )
    assert "'-A<b>" in shown.stdout
    assert ",'=web," in shown.stdout
    assert "-500.00" in shown.stdout
    for form in ("csv", "parquet", "json", "xlsx"):
        done = tieout(folder, "export", "margin", "--format", form, "--output", f"margin.{form}")
        assert (done.returncode, done.stderr) == (0, "")
    assert str(pq.read_schema(folder / "margin.parquet").field("revenue").type) == "decimal128(18, 2)"
    corrected = [row for row in json.loads((folder / "margin.json").read_text()) if row["book"] == "corrected"]
    assert corrected[0]["gross_profit"] == 300
    tieout(folder, "export", "corrections", "--format", "xlsx", "--output", "corrections.xlsx")
    sheet = openpyxl.load_workbook(folder / "corrections.xlsx").active
    assert sheet.freeze_panes == "A2"
    types = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in types
    assert "n" in types


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["load", "--config", "nowhere.toml"], "nowhere.toml: there is no such file"),
        (["export", "margins"], 'There is no table "margins". Did you mean "margin"?'),
        (["export", "margin", "--format", "pdf"], 'There is no format "pdf"'),
        (["reconcile", "--as-of", "last friday"], '--as-of "last friday" is not a date or time'),
        (["lod"], "No such command"),
        (["load", "--bogus"], "No such option"),
    ],
)
def test_wrong_input_is_one_clear_line_and_exit_code_2(published: Path, arguments: list[str], words: str) -> None:
    done = tieout(published, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_explain_follows_a_correction_down_to_its_source_rows(published: Path) -> None:
    shown = tieout(published, "explain", "S1")
    assert shown.returncode == 0, shown.stderr
    sections = [line.split("  ")[0].strip() for line in shown.stdout.splitlines()[3:] if line.strip()]
    assert list(dict.fromkeys(sections)) == [
        "source row", "order line", "cost layer", "stock", "expected", "correction", "finding",
    ]  # fmt: skip
    assert "taken from R1" in shown.stdout
    assert "canonical/stock_events.csv:3" in shown.stdout
    journal = tieout(published, "explain", "J1")
    assert "canonical/gl_lines.csv:2" in journal.stdout
    cause = tieout(published, "explain", "missing_sale")
    assert "Sales never booked" in cause.stdout
    unknown = tieout(published, "explain", "S9")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert 'Nothing is known about "S9"' in unknown.stderr


def test_run_leaves_everything_or_nothing(folder: Path) -> None:
    done = tieout(folder, "run", "--xlsx")
    assert done.returncode == 0, done.stderr
    page = Path(done.stdout.strip())
    assert page == folder / "reports" / "test-company" / "2025-01" / "leadership.html"
    assert page.stat().st_size > 10_000
    assert openpyxl.load_workbook(page.with_suffix(".xlsx")).sheetnames[0] == "Summary"
    manifest = json.loads((folder / "tieout.run.json").read_text())
    assert manifest["report"] == str(page)
    assert min(manifest["seconds"].values()) >= 0
    assert [*manifest["seconds"]] == ["inputs", "load", "reconcile", "report", "publish", "alerts"]
    before = (folder / "tieout.duckdb").resolve()

    (folder / "canonical" / "gl_lines.csv").write_text("journal_id,line_no\nJ1,1\n")
    failed = tieout(folder, "run")
    assert failed.returncode == 2
    assert "needs the columns account, amount, effective_date" in failed.stderr
    assert (folder / "tieout.duckdb").resolve() == before
    assert page.exists()
    assert [path for path in folder.glob("tieout.*.duckdb*") if path != before] == []


def test_a_closed_pipe_ends_without_a_word(published: Path) -> None:
    program = f"{sys.executable} -c 'from tieout.cli import main; main()' export corrections | true"
    done = subprocess.run(program, cwd=published, shell=True, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_version() -> None:
    done = tieout(Path.cwd(), "--version")
    assert done.stdout == "tieout 0.1.0\n"

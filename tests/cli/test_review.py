"""Decisions and sign-offs as a controller meets them: out to a spreadsheet, back, applied, expired, restated.

A spreadsheet program is stood in for by openpyxl and by the damage that Excel is known for, written by hand.
"""

from __future__ import annotations

import csv
import io
import shutil
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import companies
import tieout
from tieout import pipeline, settings
from tieout.canonical import records, sheets
from tieout.cli import app
from tieout.errors import InputError, Locked, MissingColumns, UnknownName, UnreadableFile, WrongRows
from tieout.reporting import close_and_labour, facts, review, trust
from tieout.reporting.sign_off import of_period, sign_off
from tieout.store import Lock

# The costs of four shipments were never booked. Their ids are what spreadsheets spoil: a number with leading zeros, one
# that looks like 10^12, a date and a formula.
SHIPPED = {"007": 1, "1E12": 2, "2025-01-04": 3, "=S4": 4}
HEADER = (
    "journal_id, line_no, account, amount, sku, quantity, location, channel, external_id, effective_date, posted_at"
)
TABLES = {
    "stock_events": """
        event_id, type, sku, quantity, from_location, to_location, unit_cost, order_id, line_no, occurred_at
        R1, receipt, A, 100, , EAST, 20, , , 2025-01-01T09:00Z"""
    + "".join(
        f"\n{event}, shipment, A, {units}, EAST, , , O1, {units}, 2025-01-0{units + 1}T09:00Z"
        for event, units in SHIPPED.items()
    )
    + "\nR2, receipt, A, 1, , EAST, 20, , , 2025-02-27T09:00Z",
    "order_lines": "order_id, line_no, channel, sku, quantity, unit_price, ordered_at"
    + "".join(f"\nO1, {units}, web, A, {units}, 50, 2025-01-01T08:00Z" for units in SHIPPED.values()),
    "gl_lines": HEADER
    + """
        J1, 1, 1000, 2000, A, 100, EAST, , R1, 2025-01-01, 2025-01-01T12:00Z
        J1, 2, 1200, -2000, A, , EAST, , R1, 2025-01-01, 2025-01-01T12:00Z
        J2, 1, 1000, 20, A, 1, EAST, , R2, 2025-02-27, 2025-02-27T12:00Z
        J2, 2, 1200, -20, A, , EAST, , R2, 2025-02-27, 2025-02-27T12:00Z"""
    + "".join(
        f"\nS{units}, {line}, {account}, {sign * 50 * units}, A, , , web, {event}, 2025-01-0{units + 1}, 2025-01-09"
        for event, units in SHIPPED.items() for line, account, sign in ((1, 1100, 1), (2, 4000, -1))
    ),
}  # fmt: skip
# The cost of the shipment 1E12, booked at 15 a unit instead of 20: what is to be corrected is another amount.
HALF_BOOKED = """
        L1, 1, 5000, 30, A, 2, EAST, web, 1E12, 2025-01-03, 2025-01-09T12:00Z
        L1, 2, 1000, -30, A, -2, EAST, , 1E12, 2025-01-03, 2025-01-09T12:00Z"""
UNTIL = date(2025, 2, 10)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("found")
    companies.reconcile(companies.write(folder, TABLES))
    return folder


@pytest.fixture
def folder(found: Path, tmp_path: Path) -> Path:
    """A company of its own, reconciled, without a decision."""
    shutil.copytree(found, tmp_path / "own", symlinks=True)
    return tmp_path / "own"


@pytest.fixture(scope="module")
def decided(found: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with every kind of decision, signed off and reconciled."""
    folder = shutil.copytree(found, tmp_path_factory.mktemp("decided") / "own", symlinks=True)
    fill(folder, {
        "007": {"decision": "Accepted", "reason": "seen"},
        "1E12": {"decision": "rejected", "reason": "=the ledger is right"},
        "2025-01-04": {"decision": "assigned", "assigned_to": "@AP <b>team</b>", "expires_on": UNTIL.isoformat()},
    })  # fmt: skip
    sign_off(tieout.open(folder / "tieout.duckdb"), folder, "2025-01", "Ana", "M. Ortiz", "")
    reconcile(folder)
    return folder


def opened(folder: Path) -> tieout.Company:
    return tieout.open(folder / "tieout.duckdb")


def reconcile(folder: Path, as_of: date | None = None, load: bool = False) -> tieout.Company:
    loaded, database = settings.load(folder / "tieout.toml"), folder / "tieout.duckdb"
    if load:
        pipeline.load(loaded, database, lambda step: None)
    moment = datetime.combine(as_of, time.max, UTC) if as_of else None
    pipeline.reconcile(loaded, database, moment, lambda step: None)
    return opened(folder)


def listed(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(review.sheet(opened(folder)))))


def fill(folder: Path, decisions: dict[str, dict[str, str]]) -> tuple[int, int]:
    """Decide by event and take it over; who decided need not be said each time."""
    rows = listed(folder)
    for row in rows:
        for event, cells in decisions.items():
            if row["event_id"] == sheets.guarded(event):
                row.update({"decided_by": "M. Ortiz", **cells})
    return take(folder, rows)


def take(folder: Path, rows: list[dict[str, str]], delimiter: str = ",", encoding: str = "utf-8") -> tuple[int, int]:
    path = folder / "filled.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    return review.take_over(opened(folder), settings.load(folder / "tieout.toml"), path)


def stored(folder: Path) -> list[dict[str, Any]]:
    return records.DECISIONS.rows(folder)


def test_each_case_is_a_row_that_asks_for_a_decision(found: Path) -> None:
    rows = listed(found)
    assert {row["event_id"]: (row["lines"], row["amount"]) for row in rows} == {
        sheets.guarded(event): ("2", f"{40 * units}.00") for event, units in SHIPPED.items()
    }
    assert {row["review"] for row in rows} == {"open"}
    assert opened(found).explain(rows[0]["case_id"]).equals(opened(found).explain(rows[0]["event_id"]))
    assert {row[column] for row in rows for column in ("decision", "assigned_to", "decided_by", "expires_on")} == {""}
    assert all(row["case_id"].startswith("CASE-") for row in rows)
    assert review.sheet(opened(found), "2025-02").count("\n") == 1
    with pytest.raises(UnknownName, match="There is no cause"):
        review.sheet(opened(found), cause="missing")
    with pytest.raises(UnknownName, match="There is no period"):
        review.sheet(opened(found), period="2025-13")


def test_a_workbook_and_back_changes_nothing(folder: Path) -> None:
    book = openpyxl.Workbook()
    for cells in csv.reader(io.StringIO(review.sheet(opened(folder)))):
        book.active.append(cells)
    book.save(folder / "list.xlsx")
    lines = openpyxl.load_workbook(folder / "list.xlsx").active.iter_rows(values_only=True)
    heading, *rows = [["" if cell is None else str(cell) for cell in line] for line in lines]
    filled = [dict(zip(heading, row, strict=True)) for row in rows]
    assert filled == listed(folder)
    for row in filled:
        row.update(
            decision="accepted", decided_by="Ana", reason="-seen, \n@twice; “all”", expires_on="2026-12-31 00:00:00"
        )
    assert take(folder, filled) == (4, 0)
    assert {(row["reason"], row["expires_on"]) for row in stored(folder)} == {
        ("-seen, \n@twice; “all”", date(2026, 12, 31))
    }
    assert {row["event_id"] for row in stored(folder)} == set(SHIPPED)


def test_what_excel_does_to_a_file_is_survived(folder: Path) -> None:
    spoiled = {"007": "7", "1E12": "1,00E+12", "2025-01-04": "04/01/2025", "'=S4": "'=S4"}
    rows = [
        {"mine": "x", **dict(reversed(row.items())), "event_id": spoiled[row["event_id"]], "period": "Jan 25",
         "amount": row["amount"].replace(".", ","), "decision": "ACCEPTED", "decided_by": "Ana", "reason": "seen",
         "decided_on": "30.6.2025", "expires_on": "12/31/2026"}
        for row in listed(folder)
    ]  # fmt: skip
    assert take(folder, [*rows[:3], dict.fromkeys(rows[0], "")], delimiter=";", encoding="utf-8-sig") == (3, 0)
    assert {(row["decided_on"], row["expires_on"]) for row in stored(folder)} == {
        (date(2025, 6, 30), date(2026, 12, 31))
    }
    again = take(folder, rows, delimiter="\t")
    assert again == (1, 3)
    assert len(stored(folder)) == 4


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2025-06-30", "2025-06-30"), ("2025/6/3", "2025-06-03"), ("2025-06-30T00:00:00", "2025-06-30"),
        ("3.6.2025", "2025-06-03"), ("30/06/2025", "2025-06-30"), ("6/30/2025", "2025-06-30"),
        ("05/05/2025", "2025-05-05"), ("03/04/2025", "could be two dates; write it as 2025-03-04 or as 2025-04-03"),
        ("31.6.2025", "is no day of the calendar"), ("45838", "is no date"), ("Jun 25", "is no date"),
    ],
)  # fmt: skip
def test_a_date_has_one_reading_or_is_refused(text: str, wanted: str) -> None:
    if wanted[0].isdigit():
        assert sheets.as_date(text) == date.fromisoformat(wanted)
    else:
        with pytest.raises(ValueError, match=f'"{text}" {wanted}'):
            sheets.as_date(text)


@pytest.mark.parametrize("text", ["=1", "'=1", "''@x", "'it's", "-", "+1", "\tx", "plain", ""])
def test_no_text_is_a_formula_and_each_comes_back(text: str) -> None:
    assert sheets.guarded(text)[:1] not in ("=", "+", "-", "@", "\t")
    assert sheets.unguarded(sheets.guarded(text)) == text


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"decision": "accept"}, 'column decision: "accept" is no decision; write one of accepted, rejected, assigned'),
        ({"decision": ""}, 'column decision: "" is no decision'),
        ({"decided_by": ""}, "column decided_by: .* write a name"),
        ({"reason": ""}, "column reason: .* does not say why it is accepted"),
        ({"assigned_to": "Ana"}, 'column assigned_to: "Ana" does not go with accepted'),
        ({"decision": "assigned"}, "column assigned_to: .* write a person or team"),
        ({"expires_on": "03/04/2026"}, 'column expires_on: "03/04/2026" could be two dates'),
        ({"decided_on": "2199-01-01"}, 'column decided_on: "2199-01-01" is after today'),
        ({"case_id": "1E+12"}, 'column case_id: "1E\\+12" is no case of the published run'),
        ({"event_id": "007x"}, 'column event_id: "007x" is not that of CASE-.*sorted apart'),
        ({"cause": "cogs_lag"}, 'column cause: "cogs_lag" is not that of CASE-'),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_taken(found: Path, cells: dict[str, str], words: str) -> None:
    rows = [{**row, "decision": "accepted", "decided_by": "Ana", "reason": "seen"} for row in listed(found)]
    place = next(place for place, row in enumerate(rows) if row["event_id"] == "'=S4")
    rows[place].update(cells)
    with pytest.raises(WrongRows, match=f"filled.csv: nothing was taken over.*\n  row {place + 2}, {words}"):
        take(found, rows)
    assert not (found / "review").exists()


def test_a_file_that_is_no_list_is_refused(folder: Path) -> None:
    rows = listed(folder)
    twice = {**rows[0], "decision": "open", "decided_by": "Ana"}
    with pytest.raises(WrongRows, match=r"row 3, column case_id: .* stands in the file twice"):
        take(folder, [twice, twice])
    with pytest.raises(MissingColumns, match="table review needs the column decided_by"):
        take(folder, [{name: cell for name, cell in row.items() if name != "decided_by"} for row in rows])
    with pytest.raises(UnreadableFile, match="cannot be read as a csv file in UTF-8"):
        take(folder, [{**row, "reason": "geprüft"} for row in rows], encoding="cp1252")
    assert not (folder / "review").exists()


def test_the_record_is_only_added_to(folder: Path) -> None:
    fill(folder, {"007": {"decision": "accepted", "reason": "seen"}})
    path = folder / records.DECISIONS.file
    first = path.read_text("utf-8")
    fill(folder, {"007": {"decision": "open"}})
    assert path.read_text("utf-8").startswith(first)
    assert [row["decision"] for row in stored(folder)] == ["accepted", "open"]
    with Lock(path), pytest.raises(Locked):
        fill(folder, {"1E12": {"decision": "open"}})
    path.write_text(first.replace(",", ";"), "utf-8")
    with pytest.raises(UnreadableFile, match="is not as tieout wrote it"):
        fill(folder, {"1E12": {"decision": "open"}})
    path.write_text(first.replace("80.00", "eighty").replace("40.00", "forty"), "utf-8")
    with pytest.raises(UnreadableFile, match="row 2 cannot be read"):
        reconcile(folder)
    assert list(path.parent.iterdir()) == [path]


def test_the_next_run_applies_what_was_decided(decided: Path) -> None:
    company = opened(decided)
    state = {row["event_id"]: row for row in company.review_list().to_dict("records")}
    assert {event: row["review"] for event, row in state.items()} == {
        "007": "accepted", "1E12": "rejected", "2025-01-04": "overdue", "=S4": "open",
    }  # fmt: skip
    assert dict(company.sql("select distinct event_id, status from corrections").values) == {
        "007": "accepted", "1E12": "rejected", "2025-01-04": "open", "=S4": "open",
    }  # fmt: skip
    assert company.sql("select distinct held from proposals where event_id = '1E12'").values.tolist() == [["rejected"]]
    assert set(company.sql("select distinct event_id from proposals where held is null")["event_id"]) == {
        "007", "2025-01-04", "=S4",
    }  # fmt: skip
    assert set(company.exceptions()["event_id"]) == {"007", "2025-01-04", "=S4"}
    books = company.margin(start="2025-01", end="2025-01").set_index("book")["cogs"]
    assert (books["recorded"], books["corrected"], books["expected"]) == (0, 200, 200)
    assert company.sql("select sum(abs(difference)) from proofs").iat[0, 0] == 0
    assert [file for _, file, _ in records.hashes(decided)] == ["review/decisions.csv", "review/published.csv"]


def test_what_changes_is_to_be_decided_again_and_restated_until_it_is_as_it_was(decided: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(decided, tmp_path / "own", symlinks=True)
    assert opened(folder).restatements().empty
    dearer = TABLES["stock_events"].replace("EAST, 20,", "EAST, 21,", 1)
    companies.write(folder, {**TABLES, "stock_events": dearer, "gl_lines": TABLES["gl_lines"] + HALF_BOOKED})
    company = reconcile(folder, load=True)
    state = companies.lines(company.review_list(), ["event_id", "review", "decision", "reviewed_amount", "amount"])
    assert state[:3] == [
        ("007", "changed", "accepted", "40", "42"),
        ("1E12", "changed", "rejected", "80", "24"),
        ("2025-01-04", "open", "", "", "126"),  # its decision is over anyway
    ]
    assert set(company.corrections()["status"]) == {"open"}
    restated = company.restatements()
    wanted = [
        ("corrected", "cogs", "200", "198", "-2", "missing_cogs"),
        ("recorded", "cogs", "0", "30", "30", "source changed"),
    ]
    assert companies.lines(restated[restated["figure"] == "cogs"],
                           ["book", "figure", "published", "now", "difference", "reason"]) == wanted  # fmt: skip
    assert set(restated["preparer"] + ", " + restated["reviewer"]) == {"Ana, M. Ortiz"}
    month = facts.read(company, "2025-01")
    page = close_and_labour.restatements(month).html
    assert f"{len(restated)} published figures changed after the sign-off" in page
    assert "January 2025, cost of goods sold, corrected" in page
    assert month.titles["missing_cogs"] in page
    assert f"{len(restated)} figures of it changed since: see restatements" in trust.block(month).html
    assert of_period(company, "2025-01")["restated_figures"] == len(restated)  # type: ignore[index]

    assert sign_off(company, folder, "2025-01", "Ana", "Li", "a late bill") == 2
    for path in folder.glob("tieout*.duckdb"):
        path.unlink()  # what was decided and signed does not live there
    companies.write(folder, TABLES)
    after = reconcile(folder, UNTIL, load=True)
    rows = after.restatements()
    cogs = rows[(rows["figure"] == "cogs") & (rows["book"] == "corrected")]
    assert companies.lines(cogs, ["published", "now", "is_signed_off", "note"]) == [
        ("198", "200", "False", ""), ("200", "198", "True", "a late bill"),
    ]  # fmt: skip
    assert of_period(after, "2025-01")["reviewer"] == "Li"  # type: ignore[index]
    row = after.exceptions().set_index("event_id").loc["2025-01-04"]
    assert (row["review"], row["assigned_to"], row["expires_on"]) == ("assigned", "@AP <b>team</b>", UNTIL)
    assert row["decided_by"] == "M. Ortiz"


def test_the_reports_say_who_signed_and_what_was_decided(decided: Path, found: Path) -> None:
    month, before = (facts.read(opened(folder), "2025-01") for folder in (decided, found))
    page = close_and_labour.reviewed(month).html
    for review_state in ("Accepted: to be booked", "Rejected: the ledger is right", "Overdue", "Not decided"):
        assert review_state in page
    listed = close_and_labour.work_list(month).as_raw_html()
    assert "overdue to @AP &lt;b&gt;team&lt;/b&gt;, until 2025-02-10" in listed
    assert "All figures of 1 period are as they were signed off." in close_and_labour.restatements(month).html
    assert "Prepared by Ana, reviewed by M. Ortiz, signed off " in trust.block(month).html
    assert "Nothing of January 2025 was decided yet" in close_and_labour.reviewed(before).html
    assert "No period is signed off" in close_and_labour.restatements(before).html
    assert "January 2025 is not signed off" in trust.block(before).html


def test_a_period_is_signed_off_by_two_people_once_it_is_over(found: Path) -> None:
    company = opened(found)
    with pytest.raises(InputError, match="Name two people"):
        sign_off(company, found, "2025-01", "Ana", " ana", "")
    with pytest.raises(InputError, match="needs both names"):
        sign_off(company, found, "2025-01", "Ana", "", "")
    with pytest.raises(InputError, match="2025-02 is not over"):
        sign_off(company, found, "2025-02", "Ana", "Li", "")
    with pytest.raises(UnknownName, match="There is no period"):
        sign_off(company, found, "2025-03", "Ana", "Li", "")
    assert not (found / "review").exists()


def test_the_command_lists_takes_over_and_signs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def command(*arguments: str) -> str:
        app(["review", "--config", str(folder / "tieout.toml"), *arguments], standalone_mode=False)
        out, err = capsys.readouterr()
        return out or err

    assert command().startswith("case_id,period,cause,event_id,")
    command("--output", str(folder / "list.csv"))
    content = (folder / "list.csv").read_text("utf-8")
    assert content.startswith("\N{ZERO WIDTH NO-BREAK SPACE}case_id,")
    assert "0 decisions taken over" in command(str(folder / "list.csv"))
    assert "2025-01 is signed off (1)" in command("--sign-off", "2025-01", "--preparer", "Ana", "--reviewer", "Li")
    with pytest.raises(InputError, match="Do one thing at a time"):
        command(str(folder / "list.csv"), "--sign-off", "2025-01")

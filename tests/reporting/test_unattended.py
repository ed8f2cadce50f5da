"""A run that nobody watches: what it makes of nothing new, of late data, of files that are written, and of failures."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

import companies
import tieout
from tieout import pipeline, settings
from tieout.errors import InternalError, Locked, MissingColumns, UnsettledInput
from tieout.reporting import run as reporting
from tieout.reporting import unattended
from tieout.reporting.schedule import alerts, attempts, staging
from tieout.reporting.schedule.due import due, on_file
from tieout.reporting.schedule.inputs import Watch
from tieout.reporting.schedule.snapshot import Period
from tieout.reporting.schedule.stages import Stages
from tieout.reporting.unattended import Order, Result
from tieout.store import Draft, Lock

HOSTILE = "$(touch owned); <script>alert(1)</script>"
CONFIG = f"""
[company]
name = "Night & Day"
[policy]
sync_sla_hours = 0
[materiality]
amount = 100
[schedule]
wait_seconds = 0
[alerts]
events = ["cause_grew", "failed"]
email = true
command = ["{sys.executable}", "-c", "import sys; open('told.json', 'a').write(sys.stdin.read() + chr(10))"]
[[source]]
format = "canonical"
path = "canonical"
"""
JANUARY = {
    "order_lines": """
        order_id, line_no, channel, sku, quantity, unit_price, ordered_at
        O1,       1,       web,     A,   10,       50,         2025-01-02T08:00Z
        """,
    "stock_events": """
        event_id, type,     sku, quantity, from_location, to_location, unit_cost, order_id, line_no, occurred_at
        R1,       receipt,  A,   100,      ,              EAST,        20,        ,         ,        2025-01-01T09:00Z
        S1,       shipment, A,   10,       EAST,          ,            ,          O1,       1,       2025-01-31T09:00Z
        """,
    "gl_lines": """
        journal_id, line_no, account, amount, external_id, effective_date, posted_at
        J1,         1,       1000,    2000,   R1,          2025-01-01,     2025-01-01T10:00Z
        J1,         2,       1200,    -2000,  R1,          2025-01-01,     2025-01-01T10:00Z
        J2,         1,       1100,    500,    S1,          2025-01-31,     2025-01-31T10:00Z
        J2,         2,       4000,    -500,   S1,          2025-01-31,     2025-01-31T10:00Z
        """,
}
# The cost of January's sale, late; the whole of February; March with a sale whose cost is missing.
LATER = {
    "order_lines": """
        O2,       1,       web,     A,   1,        50,         2025-02-02T08:00Z
        O3,       1,       web,     A,   30,       50,         2025-03-02T08:00Z
        """,
    "stock_events": """
        S2,       shipment, A,   1,        EAST,          ,            ,          O2,       1,       2025-02-28T09:00Z
        S3,       shipment, A,   30,       EAST,          ,            ,          O3,       1,       2025-03-31T09:00Z
        """,
    "gl_lines": """
        J3,         1,       5000,    200,    S1,          2025-01-31,     2025-01-31T11:00Z
        J3,         2,       1000,    -200,   S1,          2025-01-31,     2025-01-31T11:00Z
        J4,         1,       1100,    50,     S2,          2025-02-28,     2025-02-28T10:00Z
        J4,         2,       4000,    -50,    S2,          2025-02-28,     2025-02-28T10:00Z
        J5,         1,       5000,    20,     S2,          2025-02-28,     2025-02-28T10:00Z
        J5,         2,       1000,    -20,    S2,          2025-02-28,     2025-02-28T10:00Z
        J6,         1,       1100,    1500,   S3,          2025-03-31,     2025-03-31T10:00Z
        J6,         2,       4000,    -1500,  S3,          2025-03-31,     2025-03-31T10:00Z
        """,
}


class Run:
    """One company and its runs: what was said, which lines of JSON came, which periods were reported."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "tieout.toml"
        self.said: list[str] = []
        self.lines: list[Mapping[str, Any]] = []

    def __call__(self, **asked: Any) -> Result:
        self.said.clear()
        self.lines.clear()
        order = Order(settings.load(self.config), self.folder / "tieout.duckdb", self.folder / "reports", **asked)
        return unattended.run(order, Stages(self.said.append, self.said.append, self.lines.append))

    def state(self) -> dict[str, Any]:
        """Every file but what tells of the runs, with its time of change and where a link leads."""
        paths = [path for path in self.folder.rglob("*") if path.is_symlink() or path.is_file()]
        told = {"alert.html", "told.json", "tieout.history.jsonl", "tieout.run.json"}
        kept = [path for path in paths if path.name not in told and path.parent.name != "canonical"]
        return {str(path): (path.lstat().st_mtime_ns, os.path.realpath(path)) for path in kept}


def plain_report(
    database: Path,
    reports: Path,
    notebook: str,
    period: str,
    config: Path | None = None,
    xlsx: bool = False,
    pdf: bool = False,
) -> Path:
    """In place of a notebook, which takes long and is tested elsewhere: a page with its manifest."""
    company = tieout.open(database)
    folder = reports / "night-day" / period
    folder.mkdir(parents=True, exist_ok=True)  # there is one where an earlier manifest may be read
    page = folder / f"{notebook}.html"
    page.write_text(f"{period} of {company.run_id}")
    content = {
        "notebook": notebook, "company": company.name, "period": period, "run_id": company.run_id,
        "as_of": company.as_of, "headline": f"{HOSTILE} {period}", "status": "",
        "interactive": config is None or settings.load(config).reports.interactive,
    }  # fmt: skip
    (folder / f"{notebook}.manifest.json").write_text(json.dumps(content))
    return page


def append(folder: Path, tables: dict[str, str]) -> None:
    for name, text in tables.items():
        with (folder / "canonical" / f"{name}.csv").open("a", newline="\r\n") as file:
            for line in text.strip().splitlines():
                file.write(",".join(cell.strip() for cell in line.split(",")) + "\n")


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result, list[Mapping[str, Any]]]:
    """A company after its first run, which reported January."""
    run = Run(tmp_path_factory.mktemp("first"))
    companies.write(run.folder, JANUARY, config=CONFIG)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reporting, "report", plain_report)
        return run.folder, run(), list(run.lines)


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "report", plain_report)


@pytest.fixture
def run(first: tuple[Path, Result, list[Mapping[str, Any]]], tmp_path: Path) -> Run:
    """A copy of the company after its first run."""
    shutil.copytree(first[0], tmp_path / "company", symlinks=True)
    return Run(tmp_path / "company")


def test_the_first_run_reports_the_last_complete_period(first: tuple[Path, Result, list[Mapping[str, Any]]]) -> None:
    folder, result, lines = first
    assert result.status == "published"
    assert result.pages == [folder / "reports" / "night-day" / "2025-01" / "leadership.html"]
    assert result.pages[0].read_text() == f"2025-01 of {result.run_id}"
    assert [line["stage"] for line in lines] == ["inputs", "load", "reconcile", "report", "publish", "alerts"]
    assert lines[1].items() >= {"status": "done", "read": 33, "loaded": 33, "rejected": 0}.items()
    manifest = json.loads((folder / "tieout.run.json").read_text())
    assert (manifest["run_id"], manifest["reports"]) == (result.run_id, [str(result.pages[0])])
    (recorded,) = tieout.open(folder / "tieout.duckdb").runs().to_dict("records")
    assert json.loads(recorded["reported"]) == ["2025-01"]
    assert json.loads(recorded["stages"]).keys() == {"inputs", "load", "reconcile", "report"}
    assert "alerts" not in json.loads(recorded["policy"])
    assert not (folder / "told.json").exists()  # nothing has grown where there was no run before


def test_nothing_new_changes_nothing_and_neither_loads_nor_reconciles(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "load_into", None)
    before = run.state()
    result = run()
    assert (result.status, result.pages) == ("nothing new", [])
    assert run.state() == before
    assert not (run.folder / "tieout.history.jsonl").exists()

    page = run.folder / "reports" / "night-day" / "2025-01" / "leadership.html"
    page.unlink()
    result = run()
    assert (result.status, result.pages, page.exists()) == ("nothing new", [page], True)

    run.config.write_text(run.config.read_text() + "\n[reports]\ninteractive = false\n")
    assert [run().pages, run().pages] == [[page], []]  # drawn the other way, once
    published = str(run.folder / "tieout.duckdb")
    assert run.state()[published] == before[published]


def test_late_rows_restate_what_was_reported_and_missed_periods_are_caught_up(run: Run) -> None:
    ledger = run.folder / "canonical" / "gl_lines.csv"
    content = ledger.read_bytes()
    ledger.write_text("journal_id,line_no\nJ1,1\n")
    before = run.state()
    with pytest.raises(MissingColumns):
        run()
    assert run.state() == before
    (event,) = json.loads((run.folder / "told.json").read_text())["events"]
    assert (event["event"], event["exit_code"]) == ("failed", 2)
    assert "needs the columns account" in (run.folder / "reports" / "night-day" / "alert.html").read_text()

    ledger.write_bytes(content)
    append(run.folder, LATER)
    result = run(trigger="unattended")
    assert [page.parent.name for page in result.pages] == ["2025-01", "2025-02", "2025-03"]
    (moved,) = result.moved
    assert moved.startswith(
        "January 2025 has moved: recorded gross profit $500.00 to $300.00 (−$200.00); "
        "recorded profit after stock losses $500.00 to $300.00 (−$200.00); "
        "recorded inventory $2,000.00 to $1,800.00 (−$200.00); "
    )
    assert "canonical/gl_lines.csv has changed: 4 rows loaded before, 12 now" in run.said

    runs = tieout.open(run.folder / "tieout.duckdb").runs().sort_values("started_at")
    _, failed, done = runs.to_dict("records")
    assert (failed["status"], done["status"], done["trigger"]) == ("failed", "reconciled", "unattended")
    assert "needs the columns account" in failed["error"]
    assert not attempts.place(run.folder / "tieout.duckdb").exists()

    told = json.loads((run.folder / "told.json").read_text().splitlines()[-1])
    (event,) = told["events"]  # the missing cost of January is gone, that of March is three times as much
    assert event["rows"] == [{"cause": "missing_cogs", "before": "400.00", "now": "1200.00", "growth": "800.00"}]
    assert told["report"] == str(result.pages[-1])
    assert not (run.folder / "owned").exists()
    body = (run.folder / "reports" / "night-day" / "alert.html").read_text()
    assert "&lt;script&gt;alert(1)" in body
    assert "<script" not in body


def test_a_failed_report_leaves_all_reports_and_the_database_as_they_were(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(run.folder, LATER)
    before = run.state()

    def fails_in_march(database: Path, reports: Path, notebook: str, period: str, *others: Any) -> Path:
        if period == "2025-03":
            failed = plain_report(database, reports, notebook, period).with_name("leadership.failed.ipynb")
            failed.write_text("so far")
            raise InternalError(f"no page; see {failed}")
        return plain_report(database, reports, notebook, period, *others)

    monkeypatch.setattr(reporting, "report", fails_in_march)
    kept = run.folder / "reports" / "night-day" / "2025-03" / "leadership.failed.ipynb"
    with pytest.raises(InternalError) as failure:
        run()
    assert str(failure.value) == f"no page; see {kept}"
    after = run.state()
    assert after.pop(str(kept))
    assert after == before


def test_what_an_interrupted_run_has_not_reported_the_next_one_reports(run: Run) -> None:
    """Between the swing of the link and the last page: the database says what was to be reported, the page is older."""
    page = run.folder / "reports" / "night-day" / "2025-01" / "leadership.html"
    manifest = page.with_suffix(".manifest.json")
    manifest.write_text(
        manifest.read_text().replace(tieout.open(run.folder / "tieout.duckdb").run_id, "the run before")
    )
    (run.folder / "tieout.run.json").unlink()
    result = run()
    assert (result.status, result.pages) == ("nothing new", [page])
    assert json.loads((run.folder / "tieout.run.json").read_text())["report"] == str(page)
    assert run().pages == []


def test_a_run_that_was_killed_is_cleared_away_and_goes_on_record(run: Run) -> None:
    (run.folder / ".tieout.duckdb.lock").write_text("process 99999")
    left = [run.folder / f"tieout.0123456789ab.{end}" for end in ("duckdb", "duckdb.wal", "link")]
    for path in left:
        path.write_text("half a database")
    assert run().status == "nothing new"
    assert [path for path in left if path.exists()] == []
    record = json.loads(attempts.place(run.folder / "tieout.duckdb").read_text())
    assert record["error"] == "the run of process 99999 was killed; nothing of it was published"


def test_a_second_run_waits_for_the_first_and_says_for_whom(tmp_path: Path) -> None:
    database, said = tmp_path / "tieout.duckdb", []
    first = Lock(database)
    with pytest.raises(
        Locked, match=rf"another run \(process {os.getpid()}\) is writing it, also after 0.1 s"
    ) as refusal:
        Lock(database, wait_seconds=0.1)
    assert refusal.value.exit_code == 2
    release = threading.Timer(0.2, first.__exit__, (None, None, None))
    release.start()
    with Lock(database, wait_seconds=30, say=said.append):
        pass
    release.join()
    assert said == [f"waiting for another run (process {os.getpid()}), which is writing {database}"]
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder of sources that no run has read yet."""
    return companies.write(tmp_path, JANUARY, config=CONFIG)


def watch(config: Path, wait_seconds: int, *known: str) -> Watch:
    loaded = settings.load(config)
    loaded = loaded.model_copy(update={"schedule": settings.Schedule(wait_seconds=wait_seconds)})
    tables = [("canonical", name, f"canonical/{name}.csv") for name in known]
    return Watch(loaded, tables, lambda remark: None)


def test_a_file_that_another_program_holds_or_that_has_gone_is_named(sources: Path) -> None:
    ledger = sources.parent / "canonical" / "gl_lines.csv"
    with ledger.open("r+") as held:
        fcntl.lockf(held, fcntl.LOCK_EX)  # of our own process: no obstacle
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(UnsettledInput, match=r"gl_lines\.csv: is locked by another program, also after 1 s"):
            watch(sources, 1).settle()
        threading.Timer(0.7, fcntl.flock, (held, fcntl.LOCK_UN)).start()
        assert [name for _, name, _ in watch(sources, 30).settle()][1] == "canonical/gl_lines.csv"
    ledger.rename(ledger.with_suffix(".gone"))
    with pytest.raises(UnsettledInput, match=r"gl_lines\.csv: is gone; the last run has read it"):
        watch(sources, 0, "gl_lines").settle()
    threading.Timer(0.7, ledger.with_suffix(".gone").rename, (ledger,)).start()
    assert len(watch(sources, 30, "gl_lines").settle()) == 4


def test_what_is_written_while_it_is_loaded_is_loaded_again(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """First half a line, which cannot be read; then a whole file that grows once more; then peace."""
    ledger, load = sources.parent / "canonical" / "gl_lines.csv", pipeline.load_into
    whole = ledger.read_text()
    ledger.write_text(whole[:20])
    contents = iter([whole, whole + whole.splitlines()[-1].replace("J2,2", "J2,3") + "\n"])
    loads = []

    def load_while_it_grows(*given: Any) -> Any:
        loads.append(1)
        try:
            return load(*given)
        finally:
            if (content := next(contents, None)) is not None:
                ledger.write_text(content)

    monkeypatch.setattr(pipeline, "load_into", load_while_it_grows)
    order = Order(settings.load(sources), sources.parent / "tieout.duckdb", sources.parent / "reports")
    patient = watch(sources, 30)
    patient.settle()
    with Draft(order.database) as draft:
        counts = unattended._load(order, Stages(print, print), patient, draft)
    assert len(loads) == 3
    assert {row["file"]: row["rows_loaded"] for row in counts}["canonical/gl_lines.csv"] == 5
    assert {(row["table"], row["file"], row["sha256"]) for row in counts} == set(patient.hashes)


def test_a_file_that_is_simply_wrong_is_refused_at_once(sources: Path) -> None:
    (sources.parent / "canonical" / "gl_lines.csv").write_text("journal_id\nJ1\n")
    order = Order(settings.load(sources), sources.parent / "tieout.duckdb", sources.parent / "reports")
    patient = watch(sources, 600)
    patient.settle()
    with Draft(order.database) as draft, pytest.raises(MissingColumns):
        unattended._load(order, Stages(print, print), patient, draft)


@pytest.mark.parametrize(
    ("complete", "reported", "moved", "wanted", "left_out"),
    [
        ("abc", "", "", "c", ""),  # a first run does not report the past
        ("abcdef", "b", "", "cdef", ""),
        ("abcdef", "bd", "", "ef", ""),  # c was left out on purpose
        ("abcdef", "abcdef", "ad", "adf", ""),
        ("abc", "abc", "", "c", ""),
        ("abcdef", "a", "a", "def", "abc"),
        ("", "", "", "g", ""),  # nothing is over: the last one, though it is not
    ],
)
def test_what_is_due(complete: str, reported: str, moved: str, wanted: str, left_out: str) -> None:
    periods = [Period(name, name in complete, is_closed=False) for name in "abcdefg"]
    assert due(periods, list(reported), list(moved), at_most=3 if left_out else 12) == (list(wanted), list(left_out))


class Receiver(BaseHTTPRequestHandler):
    """A web address that keeps what it is sent."""

    received: ClassVar[list[Any]] = []

    def do_POST(self) -> None:
        self.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(404 if "lost" in self.path else 204)
        self.end_headers()

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.mark.parametrize("text", ["", "{", "[]", '{"period": "2025-01"}', '{"period": 1, "run_id": null}'])
def test_a_report_with_a_broken_manifest_is_not_on_file(tmp_path: Path, text: str) -> None:
    page = tmp_path / "night-day" / "2025-01" / "leadership.html"
    page.parent.mkdir(parents=True)
    page.write_text("")
    page.with_suffix(".manifest.json").write_text(text)
    assert on_file(tmp_path, "Night & Day", "leadership", True) == {}


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    Receiver.received.clear()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_what_lies_beside_a_page_goes_with_it(tmp_path: Path) -> None:
    reports, drafts = tmp_path / "reports", tmp_path / "drafts"
    old = {"leadership.html", "leadership.pdf", "leadership.data/margin.csv", "cash.html"}
    new = {"leadership.html", "leadership.xlsx", "leadership.data/bridge.csv"}
    for folder, names in ((reports, old), (drafts, new)):
        for name in names:
            path = folder / "night-day" / "2025-01" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(folder.name)
    staging.move(drafts, reports)
    left = {str(path.relative_to(reports)): path.read_text() for path in reports.rglob("*.*") if path.is_file()}
    assert "Reports" in left.pop("index.html")
    assert left == {
        **{f"night-day/2025-01/{name}": "drafts" for name in new},
        "night-day/2025-01/cash.html": "reports",
    }


def test_hooks_that_fail_are_told_and_break_nothing(tmp_path: Path, address: str) -> None:
    rows = [{"cause": HOSTILE * 1000, "growth": "1.00"}] * 20
    alert = {
        "company": HOSTILE, "headline": HOSTILE, "report": HOSTILE,
        "events": [{"event": "cause_grew", "title": "Growth", "count": 99, "rows": rows}],
    }  # fmt: skip
    said: list[str] = []

    def tell(**hooks: Any) -> list[dict[str, str]]:
        return alerts.tell(settings.Alerts(email=True, **hooks), alert, tmp_path, tmp_path, said.append)

    assert [hook["status"] for hook in tell(webhook=f"{address}/secret")] == ["done", "done"]
    (received,) = Receiver.received
    assert received.items() >= {"company": HOSTILE, "headline": HOSTILE, "report": HOSTILE}.items()
    assert len(received["events"][0]["rows"]) == 20
    body = (tmp_path / alerts.EMAIL).read_text()
    assert len(body) < 100_000
    assert "<script" not in body
    assert "data:" not in body
    assert "99 in all; these are 20 of them." in body
    assert said == []

    assert tell(webhook=f"{address}/lost/secret")[1]["error"] == "ConnectionError: 127.0.0.1: Not Found"
    assert tell(command=("false",))[1]["error"] == "RuntimeError: exit code 1"
    assert tell(command=("no-such-program",))[1]["status"] == "failed"
    began = time.monotonic()
    slow = tell(command=("sh", "-c", "sleep 60 & sleep 60"), timeout_seconds=1)
    assert (slow[1]["error"], time.monotonic() - began < 30) == ("TimeoutError: no end within 1 s", True)
    assert len(said) == 4
    assert "secret" not in " ".join(said)
    shell = ("sh", "-c", 'printf "%s" "$TIEOUT_EVENTS" > events; cat "$TIEOUT_EMAIL" > mail; test -n "$TIEOUT_ALERT"')
    assert tell(command=shell)[1]["status"] == "done"
    assert ((tmp_path / "events").read_text(), (tmp_path / "mail").read_text()) == ("cause_grew", body)
    assert not (tmp_path / "owned").exists()

    alerts.tell(settings.Alerts(email=True), {**alert, "events": []}, tmp_path, tmp_path, said.append)
    assert not (tmp_path / alerts.EMAIL).exists()

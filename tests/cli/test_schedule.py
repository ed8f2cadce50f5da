"""`tieout run` as a scheduler meets it: lines of JSON, exit codes, interruptions, and a cron that fires it twice."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from weakref import WeakSet

import pytest

import companies
import tieout
from tieout import interruption
from tieout.errors import outcome

SALE = {
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
        """,
}
MET = """
import os, signal, sys, threading
from pathlib import Path
from weakref import WeakSet
from tieout import interruption, store
from tieout.errors import outcome
signal.signal(signal.SIGINT, signal.default_int_handler)  # the suite may run in the background, where it is ignored
interruption.listen()
closed, draft = (store.Draft(Path(name)) for name in ("closed.duckdb", "open.duckdb"))
closed.flush()
threading.Timer(0.5, os.kill, [os.getpid(), int(sys.argv[1])]).start()
try:
    draft.connection.execute("select sum(a.range * b.range) from range(1_000_000) a, range(1_000_000) b")
except BaseException as error:
    print(type(error).__name__, outcome(error))
"""
PROGRAM = [sys.executable, "-c", "from tieout.cli import main; main()"]
SECONDS = 300  # a busy machine


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company that is reconciled but not reported."""
    return companies.reconcile(companies.write(tmp_path_factory.mktemp("published"), SALE)).database.parent


@pytest.fixture
def folder(published: Path, tmp_path: Path) -> Path:
    """A copy of it, to which a row has come since."""
    shutil.copytree(published, tmp_path / "company", symlinks=True)
    with (tmp_path / "company" / "canonical" / "order_lines.csv").open("a", newline="") as file:
        file.write("O2,1,web,A,1,50,2025-01-03T08:00Z\r\n")
    return tmp_path / "company"


def state(folder: Path) -> dict[str, str]:
    """Everything but the record of failed runs, and where links lead."""
    return {str(path): os.path.realpath(path) for path in folder.rglob("*") if path.suffix != ".jsonl"}


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_query(tmp_path: Path, how: signal.Signals) -> None:
    """One that takes an hour. DuckDB then raises an error of its own."""
    program = [sys.executable, "-c", MET, str(how.value)]
    done = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=SECONDS)
    assert done.stdout == "RuntimeError ('interrupted; nothing was published', 130)\n"
    assert outcome(RuntimeError("another"))[1] == 3


def test_a_signal_that_comes_before_duckdb_is_there_is_a_signal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interruption, "_connections", WeakSet())
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(KeyboardInterrupt):
        interruption._stop(signal.SIGINT, None)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_run_leaves_the_database_and_the_reports_as_they_were(folder: Path, how: signal.Signals) -> None:
    before = state(folder)
    with subprocess.Popen([*PROGRAM, "run", "--json"], cwd=folder, stdout=-1, stderr=-1, text=True) as process:
        assert process.stderr
        assert process.stdout
        watch = threading.Timer(SECONDS, process.kill)
        watch.daemon = True
        watch.start()
        for line in process.stderr:
            if line == "posting the journals\n":
                process.send_signal(how)
                break
        lines = [json.loads(line) for line in process.stdout]
        watch.cancel()
    if how == signal.SIGTERM:
        assert process.returncode == 130
        assert [(line["stage"], line["status"]) for line in lines[-2:]] == [("reconcile", "failed"), ("run", "failed")]
        assert lines[-1]["error"] == "interrupted; nothing was published"
        assert state(folder) == before
    else:
        assert state(folder).items() >= before.items()
        subprocess.run([*PROGRAM, "load", "--quiet"], cwd=folder, check=True, stdout=-1, timeout=SECONDS)
        left = {path.name for path in folder.glob("*tieout.*")} - {"tieout.toml", "tieout.duckdb"}
        assert left == {(folder / "tieout.duckdb").resolve().name}


def test_a_full_disk_is_named_and_leaves_the_database_as_it_was(folder: Path) -> None:
    before = state(folder)
    program = ["bash", "-c", 'ulimit -f 1000; exec "$@"', "limited", *PROGRAM, "run", "--json", "--quiet"]
    done = subprocess.run(program, cwd=folder, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert done.returncode == 2, done.stderr
    last = json.loads(done.stdout.splitlines()[-1])
    assert last.items() >= {"stage": "run", "status": "failed", "exit_code": 2}.items()
    assert last["error"] in done.stderr
    assert "Traceback" not in done.stderr
    assert state(folder) == before


def test_a_failure_before_the_run_is_a_line_of_json_too(tmp_path: Path) -> None:
    done = subprocess.run([*PROGRAM, "run", "--json"], cwd=tmp_path, capture_output=True, text=True, check=False)
    (line,) = map(json.loads, done.stdout.splitlines())
    assert line.items() >= {"stage": "run", "status": "failed", "exit_code": done.returncode}.items()
    assert "tieout.toml: there is no such file" in line["error"]


@pytest.fixture
def cron(tmp_path: Path) -> Iterator[Path]:
    """A cron daemon of our own, whose only table lies in the folder that is given; it fires every minute."""
    daemon = shutil.which("cron", path="/usr/sbin:/usr/bin")
    if (daemon is None or os.geteuid() != 0) and not os.environ.get("CI"):
        pytest.skip("starts a cron daemon of its own, as root (Debian: apt-get install cron)")
    assert daemon, "CI installs cron, see .ci/run"
    tables = tmp_path / "cron.d"
    tables.mkdir()
    (tmp_path / "nothing").touch()
    hide_others = (
        'mount --bind "$1/cron.d" /etc/cron.d && mount --bind "$1/nothing" /etc/crontab && mount -t tmpfs none /run '
        '&& mount -t tmpfs none /var/spool/cron && mkdir /var/spool/cron/crontabs && exec "$2" -f'
    )
    process = subprocess.Popen(["unshare", "--mount", "sh", "-c", hide_others, "cron", str(tmp_path), daemon])
    yield tables
    process.terminate()
    process.wait(SECONDS)


@pytest.mark.long
def test_cron_fires_twice_and_the_second_run_finds_nothing_new(folder: Path, cron: Path) -> None:
    table = cron / "tieout"
    table.write_text(
        f"PATH=/usr/local/bin:/usr/bin:/bin\nLANG=C.UTF-8\nTZ=UTC\nPYTHONPATH={Path(tieout.__file__).parents[1]}\n"
        f"* * * * * root cd '{folder}' && {shlex.join(PROGRAM)} run --json >>runs 2>>log\n"
    )
    runs = folder / "runs"
    deadline = time.monotonic() + 600
    ends: list[dict[str, object]] = []
    while len(ends) < 2 and time.monotonic() < deadline:
        time.sleep(1)
        lines = runs.read_text().splitlines() if runs.exists() else []
        ends = [line for line in map(json.loads, lines) if line["stage"] == "run"]
    assert [line["status"] for line in ends] == ["published", "nothing new"], (folder / "log").read_text()
    assert ends[0]["run_id"] == ends[1]["run_id"]
    assert Path(str(ends[0]["reports"][0])).is_file()  # type: ignore[index]

"""PostgreSQL as a source, on a server that the tests start: the same rows, exact, and nothing but reading."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import elsewhere
import tieout
from exported import PRIVATE, Loaded, load, write_config
from tieout import settings
from tieout.canonical.tables import TABLES
from tieout.errors import InputError, NotInstalled
from tieout.reporting import run as reporting
from tieout.reporting import unattended
from tieout.reporting.schedule.inputs import Watch
from tieout.reporting.schedule.stages import Stages
from tieout.sources import find, fingerprint
from tieout.sources.postgres import Session

PASSWORD = "hush/hush@1"
WRITTEN = "hush%2Fhush%401"
SECONDS = 300  # a busy machine
_TYPES = {"text": "text", "time": "timestamptz", "date": "date", "count": "bigint", "flag": "boolean"}


@dataclass(frozen=True)
class Server:
    folder: Path
    programs: Path
    port: int

    def sql(self, text: str) -> None:
        """Run statements as the owner of the server."""
        command = [self.programs / "psql", "-qX", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-p", str(self.port)]
        self.run([*command, "-U", "postgres", "-d", "postgres"], text)

    def run(self, command: list[str | Path], text: str = "") -> None:
        """PostgreSQL refuses to run as root."""
        as_whom = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        quiet = {"stdout": subprocess.DEVNULL, "timeout": SECONDS}
        subprocess.run(command, input=text.encode(), check=True, cwd=self.folder, **quiet, **as_whom)

    def address(self, user: str = "reader", password: str = WRITTEN) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/postgres"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server in a folder of its own, which the user that it runs as can reach."""
    found = Path(shutil.which("initdb") or max(Path("/usr/lib/postgresql").glob("*/bin/initdb"))).resolve()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="tieout-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    server = Server(folder, found.parent, port)
    data, log = folder / "data", folder / "log"
    server.run(
        [
            found,
            "-D",
            data,
            "-U",
            "postgres",
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
            "--no-sync",
            "-E",
            "UTF8",
        ]
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c timezone=Asia/Kolkata"
    server.run([server.programs / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start"])
    try:
        server.sql(
            f"create role reader login password '{PASSWORD}'; create role writer login superuser password '{PASSWORD}'"
        )
        yield server
    finally:
        server.run([server.programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"])
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def canonical(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Loaded:
    """The company as a folder, and its rows on the server, last ones first, with a column that is nobody's business."""
    loaded = elsewhere.folder(tmp_path_factory.mktemp("folder"))
    for name in elsewhere.TABLES:
        given = elsewhere.arrow(loaded, name)
        kinds = {column.name: _TYPES.get(column.kind, "numeric") for column in TABLES[name].columns}
        kinds |= {"recorded_at": "timestamp"}  # without a zone: the company's
        columns = ", ".join(f"{column} {kinds[column]}" for column in given.column_names)
        rows = loaded.reader.connection.sql(
            "select * replace (timezone('America/New_York', recorded_at) as recorded_at) from given"
            if "recorded_at" in given.column_names else "from given"
        ).fetchall()  # fmt: skip
        values = ", ".join(
            f"({', '.join('null' if cell is None else _literal(cell) for cell in row)}, '{PRIVATE}')"
            for row in reversed(rows)
        )
        server.sql(f"create table {name} ({columns}, email text); insert into {name} values {values};")
    server.sql("grant select on all tables in schema public to reader; create table secrets (sku text)")
    return loaded


def _literal(cell: object) -> str:
    return "'" + str(cell).replace("'", "''") + "'"


@pytest.fixture
def shop(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setenv("SHOP", server.address())
    return server


def source(more: str = "", **queries: str) -> str:
    """A source of the database that SHOP names."""
    lines = [f'{table} = """{query}"""' for table, query in queries.items()]
    return "\n".join(['[[source]]\nformat = "postgres"\nuri_env = "SHOP"', more, "[source.queries]", *lines, ""])


def at(address: str) -> str:
    return source(items="select 1").replace('uri_env = "SHOP"', address)


ALL = {table: f"select * from {table};" for table in elsewhere.TABLES}


def test_a_database_loads_like_the_folder(tmp_path: Path, canonical: Loaded, shop: Server) -> None:
    database = load(write_config(tmp_path, source(**ALL)))
    assert elsewhere.differences(canonical, database) == {}
    assert elsewhere.counts(database) == elsewhere.counts(canonical)
    assert database.rows("select order_id, line_no, source_row, source_file from order_lines order by source_row") == [
        ("O1", "1", 1, "postgres:SHOP/order_lines"), ("O2", "1", 2, "postgres:SHOP/order_lines"),
        ("O2", "2", 3, "postgres:SHOP/order_lines"),
    ]  # fmt: skip
    told = database.rows("select finding, message from load_findings where id = 'postgres:SHOP/items'")
    assert told == [("unknown_column", "column email is not one of items and was not read")]
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in (PRIVATE, PASSWORD, WRITTEN):
        assert secret.encode() not in content


def test_the_server_gives_each_type_as_it_is(tmp_path: Path, canonical: Loaded, shop: Server) -> None:
    query = """
        with odd as (
            select 'a;b' as order_id, 1::smallint as "Line No", 'web'::char(3) as channel, gen_random_uuid() as sku,
                1.5::float8 as quantity, 0.1::numeric(30, 20) as unit_price, '2025-07-01 12:00'::timestamp as ordered_at
        )
        select * from odd -- the end
    """
    database = load(write_config(tmp_path, source('timezone = "Europe/London"', order_lines=query)))
    assert database.rows(
        "select order_id, line_no, channel, length(sku), quantity::varchar, unit_price::varchar, ordered_at::varchar"
        " from order_lines"
    ) == [("a;b", "1", "web", 36, "1.5000", "0.100000", "2025-07-01 11:00:00+00")]


def test_the_same_rows_are_the_same_input_in_any_order(tmp_path: Path, canonical: Loaded, shop: Server) -> None:
    query = (
        "select order_id, line_no, channel, sku, quantity, unit_price, ordered_at from order_lines order by quantity"
    )
    hashes = []
    for end in ("", "desc", "limit 2"):
        config = settings.load(write_config(tmp_path, source(order_lines=f"{query} {end}")))
        hashes.append(fingerprint(find(config).stored[0]))
    assert hashes[0] == hashes[1] != hashes[2]
    assert load(config.path).rows("select sha256 from source_files") == [(hashes[2],)]
    assert Watch(config, [], print).settle() == []  # what only its rows tell is not asked for ahead


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("select write() as sku", "cannot execute INSERT in a read-only transaction"),
        ("with gone as (delete from items returning sku) select sku from gone", "must be at the top level"),
        (
            "select sku from items) as a; commit; drop table items; select * from (select 1",
            "cannot insert multiple commands",
        ),
        ("delete from items", "syntax error"),
        (
            "select sku, set_config('transaction_read_only', 'off', false) as name from items",
            "must be set before any query",
        ),
    ],
)
def test_nothing_is_ever_written(
    tmp_path: Path, canonical: Loaded, server: Server, monkeypatch: pytest.MonkeyPatch, query: str, words: str
) -> None:
    monkeypatch.setenv("SHOP", server.address("writer"))
    server.sql("""
        create or replace function write() returns text language sql as
        $$ insert into items (sku) values ('X') returning sku $$
    """)
    with pytest.raises(InputError, match=words):
        load(write_config(tmp_path, source(items=query)))
    server.sql("do $$ begin assert (select count(*) from items) = 2; end $$")


def test_all_queries_see_one_moment(canonical: Loaded, shop: Server, tmp_path: Path) -> None:
    config = settings.load(write_config(tmp_path, source(items="select sku from items")))
    session = Session(config.path, config.source[0])
    count = "select count(*)::text from gl_accounts"
    before = session.read(count).read_all()
    shop.sql("insert into gl_accounts (account) values ('later')")
    assert session.read(count).read_all() == before
    session.close()
    assert session.read(count).read_all() != before
    session.close()
    shop.sql("delete from gl_accounts where account = 'later'")


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        (source(items="select * from nowhere"), 'postgres:SHOP/items: .*relation "nowhere" does not exist'),
        (source(items="select sku items where"), "syntax error"),
        (source(items="select * from secrets"), "permission denied for table secrets"),
        (source(items="select name from items"), r"has no column sku, without which .*\(it has: name\)"),
        (source(items="select sku, sku as \"S K U\" from items"), "names a column twice"),
        (source("timeout_seconds = 1", items="select sku, pg_sleep(3)::text as name from items"), "statement timeout"),
        (source(items="select sku, (1 / (length(sku) - 3))::text as name from items"), "division by zero"),
        (source(item="select 1"), "Did you mean"),
        (source(), "needs queries, and one of"),
        (source('path = "x"', items="select 1"), "a database has no path"),
        (source('uri = "postgresql://h/d"', items="select 1"), "one of uri and uri_env"),
        (source(items="select 1").replace("SHOP", "NO_SHOP"), "environment variable NO_SHOP, which is not set"),
        (source(items="select 1") * 2, "reads postgres:SHOP/items twice"),
        (at('uri = "postgresql://u:hush%2F@h/d"'), "uri: holds a password"),
        (at('uri = "postgresql://u:hush@hush@h/d"'), "uri: is no address such as"),
        (at('uri = ["//u:hush@h"]'), "uri: Input should be"),
        (at('uri = "//u:hush@h"\ntables = 5'), r"source\.1\.tables"),
        (at('uri = "//u:hush@h"\nversion = 5'), "version belongs"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_line(
    tmp_path: Path, canonical: Loaded, shop: Server, sources: str, words: str
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        load(write_config(tmp_path, sources))
    assert "hush" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".duckdb"] == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql://reader:hush@127.0.0.1:{port}/postgres", 'password authentication failed for user "reader"'),
        ("postgresql://reader:hush%2Fhush%401@127.0.0.1:{port}/nowhere", 'database "nowhere" does not exist'),
        ("postgresql://reader:hush@127.0.0.1:1/postgres", "Connection refused"),
        ("postgresql://reader:hush@nowhere.invalid/postgres", "could not translate host name"),
        ("postgresql://reader:hush/hush@127.0.0.1/postgres", "is no address such as"),
        ("postgresql://reader:hush@hush@127.0.0.1/postgres", "is no address such as"),
        ("postgresql://reader:hush hush@127.0.0.1/postgres", "is no address such as"),
        ("postgresql://127.0.0.1/postgres?user=reader&password=hush", "is no address such as"),
        ("host=127.0.0.1 password=hush", "is no address such as"),
        ("mysql://reader:hush@127.0.0.1/postgres", "is no address such as"),
        ("postgresql://reader:hush@127.0.0.1/postgres?hushed=1", "invalid URI query parameter"),
    ],
)
def test_a_wrong_address_is_named_without_its_password(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, address: str, words: str
) -> None:
    monkeypatch.setenv("SHOP", address.format(port=server.port))
    with pytest.raises(InputError, match=words) as caught:
        load(write_config(tmp_path, source(items="select sku from items")))
    assert "hush" not in str(caught.value).replace("hushed", "")
    assert "\n" not in str(caught.value)


def test_a_run_reads_the_database_and_then_knows_that_nothing_is_new(
    tmp_path: Path, canonical: Loaded, shop: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def plain_report(database: Path, reports: Path, notebook: str, period: str, *rest: object) -> None:
        """In place of a notebook, which takes long and is tested elsewhere."""
        folder = reports / "planted" / period
        folder.mkdir(parents=True)
        (folder / f"{notebook}.html").write_text("page")
        company = tieout.open(database)
        told = {"company": "Planted", "period": period, "run_id": company.run_id, "as_of": company.as_of}
        told |= {"notebook": notebook, "headline": "", "status": ""}
        (folder / f"{notebook}.manifest.json").write_text(json.dumps(told))

    monkeypatch.setattr(reporting, "report", plain_report)
    config = settings.load(write_config(tmp_path, source(**ALL)))
    order = unattended.Order(config, tmp_path / "tieout.duckdb", tmp_path / "reports", period="2025-03")
    first = unattended.run(order, Stages(print, print))
    again = unattended.run(order, Stages(print, print))
    assert [first.status, again.status] == ["published", "nothing new"]
    assert first.run_id == again.run_id
    for path in tmp_path.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert [secret for secret in (PASSWORD, WRITTEN, PRIVATE) if secret.encode() in content] == [], path


def test_a_driver_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "adbc_driver_postgresql", None)
    monkeypatch.setenv("SHOP", "postgresql://127.0.0.1/postgres")
    with pytest.raises(NotInstalled, match=r"pip install 'tieout\[postgres\]'"):
        load(write_config(tmp_path, source(items="select sku from items")))

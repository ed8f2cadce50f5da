"""Publish by link: a run builds ``tieout.<run>.duckdb`` and swings ``tieout.duckdb`` to it.

Readers connect to the link's target, so they never wait, never see half a run, and never find an old write-ahead file
beside a new database. A draft that is not published leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import duckdb

from tieout import interruption
from tieout.errors import NotLoaded, UnreadableFile, UnwritablePath
from tieout.store.lock import Lock

# DuckDB 1.5 must be able to read what DuckDB 2 wrote. A draft is whole only once it is closed, so a log of its changes,
# which waits for the disk after every table, gains nothing.
_STORAGE = "storage_version 'v1.5.0', recovery_mode no_wal_writes"


class Draft:
    """A database under construction, under the lock that keeps other writers out (its own, or the caller's).

    Use as a context manager; ``publish`` makes it the database of the company, anything else removes it.
    """

    def __init__(self, database: Path, lock: Lock | None = None) -> None:
        if database.suffix != ".duckdb" or database.is_dir():
            raise UnwritablePath(database, "a database is a file whose name ends in .duckdb")
        self.database = database
        self._own_lock = contextlib.nullcontext() if lock else Lock(database)
        remove_killed(database)
        self.path = database.with_name(f"{database.stem}.{secrets.token_hex(6)}{database.suffix}")
        try:
            self.open()
        except duckdb.Error as error:
            self._own_lock.__exit__(None, None, None)
            raise UnwritablePath(database, str(error).splitlines()[0]) from error

    def __enter__(self) -> Draft:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()
        if self.database.resolve() != self.path.resolve():
            _remove(self.path)
        self._own_lock.__exit__(kind, error, trace)

    def open(self) -> None:
        """Connect to the file, at first or again after ``flush``."""
        self.connection = duckdb.connect(config={"temp_directory": f"{self.path}.tmp"})
        interruption.ends_queries_of(self.connection)
        self.connection.execute(f"attach {_quoted(self.path)} as draft ({_STORAGE}); use draft")
        self.connection.execute("set TimeZone = 'UTC'")
        self.connection.execute("set enable_progress_bar = false")

    def copy_published(self, tables: list[str], command: str) -> None:
        """Carry ``tables`` over from the published database; raises ``NotLoaded`` where there is none."""
        if not self.database.exists():
            raise NotLoaded(self.database, command)
        with self._published() as present:
            for table in tables:
                if table not in present:
                    raise NotLoaded(self.database, command)
                self.connection.execute(f'create or replace table "{table}" as from published."{table}"')

    def carry_rows(self, table: str, query: str = "") -> None:
        """Append the rows that the published database has in ``table``, or that ``query`` reads of ``published``.

        Where that database or a table of it is not there, nothing is appended.
        """
        if self.database.is_symlink() and self.database.exists():
            with self._published() as present:
                needed = set(re.findall(r"published\.(\w+)", query)) or {table}
                if needed <= present:
                    rows = query or f'from published."{table}"'
                    self.connection.execute(f'insert into "{table}" by name {rows}')

    @contextlib.contextmanager
    def _published(self) -> Iterator[set[str]]:
        """The published database attached as ``published``; gives the names of its tables."""
        try:
            self.connection.execute(f"attach {_quoted(self.database.resolve())} as published (read_only)")
        except duckdb.Error as error:
            problem = str(error).splitlines()[0]
            raise UnreadableFile(self.database, f"is not a tieout database ({problem})", "Move it away.") from error
        try:
            yield self.tables("published")
        finally:
            self.connection.execute("detach published")

    def tables(self, database: str | None = None) -> set[str]:
        """Names of the tables of this draft, or of an attached database."""
        rows = self.connection.execute(
            "select table_name from duckdb_tables() where database_name = coalesce(?, current_database())", [database]
        ).fetchall()
        return {name for (name,) in rows}

    def flush(self) -> None:
        """Write everything to the file, so that a reader may open it before it is published.

        Merely closing a connection says nothing when the disk is full.
        """
        try:
            self.connection.execute("checkpoint")
        except duckdb.Error as error:
            raise UnwritablePath(self.database, str(error).splitlines()[0]) from error
        self.connection.close()

    def restart(self) -> None:
        """Begin again with an empty file."""
        self.connection.close()
        _remove(self.path)
        self.open()

    def publish(self) -> None:
        """Make this draft the company's database, in one step, and remove what it replaces."""
        self.flush()
        link = self.path.with_suffix(".link")
        _remove(link)
        link.symlink_to(self.path.name)
        link.replace(self.database)
        for replaced in _unpublished(self.database):
            _remove(replaced)


class Reader:
    """A read-only connection to the run that is published now; it stays with that run."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.path, self.connection = self._connect()

    def _connect(self) -> tuple[Path, duckdb.DuckDBPyConnection]:
        if not self.database.exists():
            raise NotLoaded(self.database, "run")
        target = self.database.resolve()
        try:
            connection = duckdb.connect(str(target), read_only=True)
        except duckdb.Error as error:
            if self.database.resolve() != target:  # published anew between the look at the link and the opening
                return self._connect()
            problem = str(error).splitlines()[0]
            raise UnreadableFile(self.database, f"is not a tieout database ({problem})", "Name another one.") from error
        connection.execute("set TimeZone = 'UTC'")
        return target, connection

    def published(self) -> Path | None:
        """The file that is published now; ``path`` is the one that is read."""
        return self.database.resolve() if self.database.exists() else None

    def tables(self) -> set[str]:
        """Names of the tables and views that the run has."""
        rows = self.connection.execute("select table_name from information_schema.tables").fetchall()
        return {name for (name,) in rows}


def remove_killed(database: Path) -> None:
    """Clear away what runs left that were killed: their drafts, and where DuckDB put what memory did not hold.

    The latter stays beside a run that was merely replaced: a reader may still be at work on it.
    """
    for draft in _unpublished(database):
        _remove(draft)
        shutil.rmtree(draft.with_name(f"{draft.name}.tmp"), ignore_errors=True)


def _unpublished(database: Path) -> list[Path]:
    """The run files that are the database's own, ``<stem>.<twelve hexadecimal digits>``, but for the published one."""
    own = re.compile(re.escape(database.stem) + r"\.[0-9a-f]{12}\.(duckdb|link)")
    published = database.resolve().name
    return [path for path in database.parent.iterdir() if own.fullmatch(path.name) and path.name != published]


def _remove(path: Path) -> None:
    for leftover in (path, path.with_name(f"{path.name}.wal")):
        leftover.unlink(missing_ok=True)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"

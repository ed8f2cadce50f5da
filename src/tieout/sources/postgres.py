"""A PostgreSQL database through ADBC: one query for each canonical table, all in one transaction that cannot write.

The server itself writes every column as text, so that numerics stay exact and times keep their zone. The address may
hold a password: no message repeats it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow as pa

from tieout.canonical.files import quoted
from tieout.canonical.tables import TABLES
from tieout.errors import ConfigError, InputError, NotInstalled, UnknownName, UnreadableTable
from tieout.settings import Settings, SourceSettings
from tieout.sources.stored import StoredTable, by_own_names, words

_TIMEOUT_SECONDS = 600
_CONNECT_SECONDS = 10
# Strict, since libpq repeats what it does not understand of an address.
_ADDRESS = re.compile(
    r"postgres(?:ql)?://(?:[^\s:@/?#]*(?::(?P<password>[^\s:@/?#]*))?@)?[\w.,:%\[\]-]*(?:/[^\s@/?#]*)?(?:\?(?P<rest>[^\s#]*))?"
)
_START = (
    "set transaction isolation level repeatable read, read only",
    "set local timezone = 'UTC'",
    "set local datestyle = 'ISO'",
    "set local intervalstyle = 'iso_8601'",
    "set local bytea_output = 'hex'",
)


def find(settings: Settings, source: SourceSettings, number: int) -> list[StoredTable]:
    """What each query fills; nothing is asked of the server yet. Raises ``ConfigError`` or ``UnknownName``."""
    session = Session(settings.path, source)
    found = []
    for place, (name, query) in enumerate((source.queries or {}).items(), start=1):
        if name not in TABLES:
            raise UnknownName(f"table (in {settings.path}, source.queries)", name, TABLES)
        known = by_own_names(TABLES[name], f"postgres_{number}_{place}")
        label = f"{source.name}/{name}"
        found.append(StoredTable(source, label, known, TABLES[name].key, Query(session, label, query)))
    return found


class Session:
    """A connection and its one transaction, opened when first asked for."""

    def __init__(self, config: Path, source: SourceSettings) -> None:
        self._config, self._source = config, source
        self._connection: Any = None
        self._cursor: Any = None
        self._password = ""
        if source.uri is not None and self._secret(source.uri, "source.uri"):
            remedy = 'Put it into an environment variable and name that: uri_env = "…".'
            raise ConfigError(config, "source.uri", "holds a password", remedy)

    def read(self, statement: str) -> pa.RecordBatchReader:
        """The rows of a query, as they come, until the next one is asked."""
        if self._connection is None:
            self._open()
        return self._run(statement)

    def close(self) -> None:
        """End the transaction and the connection."""
        for opened in (self._cursor, self._connection):
            if opened is not None:
                opened.close()
        self._cursor = self._connection = None

    def problem(self, error: BaseException) -> str:
        """What the driver says, without the password."""
        said = words(error).removeprefix("IO: [libpq] Failed to connect: ")
        return said.replace(self._password, "…") if self._password else said

    def _run(self, statement: str) -> pa.RecordBatchReader:
        if self._cursor is not None:
            self._cursor.close()
        self._cursor = self._connection.cursor()
        self._cursor.execute(statement)
        return self._cursor.fetch_record_batch()

    def _open(self) -> None:
        try:
            from adbc_driver_postgresql import dbapi
        except ImportError as error:
            raise NotInstalled("adbc-driver-postgresql", "postgres") from error
        address = self._address()
        if "connect_timeout=" not in address:
            address += f"{'&' if '?' in address else '?'}connect_timeout={_CONNECT_SECONDS}"
        try:
            self._connection = dbapi.connect(address)
            for statement in _START:
                self._run(statement)
            self._run(f"set local statement_timeout = {1000 * (self._source.timeout_seconds or _TIMEOUT_SECONDS)}")
        except Exception as error:
            self.close()
            key = "source.uri" if self._source.uri_env is None else self._source.uri_env
            problem = f"the database cannot be reached ({self.problem(error)})"
            raise UnreadableTable(self._source.name, problem, f"Correct {key}, or start the server.") from None

    def _address(self) -> str:
        variable = self._source.uri_env
        if variable is None:
            return str(self._source.uri)
        address = os.environ.get(variable)
        if not address:
            problem = f"names the environment variable {variable}, which is not set"
            raise ConfigError(
                self._config, "source.uri_env", problem, "Set it: postgresql://user:password@host/database"
            )
        self._password = self._secret(address, f"the environment variable {variable}")
        return address

    def _secret(self, address: str, where: str) -> str:
        """The password in an address, blank where it has none; raises ``ConfigError`` for what is no address."""
        match = _ADDRESS.fullmatch(address)
        if match is None or "password" in (match["rest"] or ""):
            problem = "is no address such as postgresql://user:password@host:5432/database"
            raise ConfigError(self._config, where, problem, "Write signs as @ and / in a password as %40 and %2F.")
        return unquote(match["password"] or "")


class Query:
    """One query of a session. What it reads is known by its rows alone: a database has no version."""

    version: str | None = None

    def __init__(self, session: Session, name: str, query: str) -> None:
        self._session, self._name = session, name
        # Within brackets a query can do nothing but select.
        self._table = f"(\n{query.strip().rstrip(';')}\n) as stored"

    def columns(self) -> list[str]:
        """The names of its columns, in order; raises ``UnreadableTable`` for a query that the server refuses."""
        return list(self._ask(f"select * from {self._table} limit 0").schema.names)

    def rows(self, columns: list[str]) -> pa.RecordBatchReader:
        """These columns of all rows, as text."""
        return self._ask(f"select {', '.join(f'{quoted(name)}::text' for name in columns)} from {self._table}")

    def close(self) -> None:
        """End the session, whose transaction all its queries share."""
        self._session.close()

    def _ask(self, statement: str) -> pa.RecordBatchReader:
        try:
            return self._session.read(statement)
        except InputError:
            raise
        except Exception as error:
            problem = f"the server refuses the query ({self._session.problem(error)})"
            raise UnreadableTable(
                self._name, problem, "Correct it in source.queries, or ask for the right to read."
            ) from None

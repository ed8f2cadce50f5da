"""Ctrl-C, or a scheduler's signal: the work ends at once, and with it the query that runs."""

from __future__ import annotations

import contextlib
import signal
from types import FrameType
from typing import TYPE_CHECKING, NoReturn
from weakref import WeakSet

if TYPE_CHECKING:
    import duckdb

_connections: WeakSet[duckdb.DuckDBPyConnection] = WeakSet()


def listen() -> None:
    """From now on SIGTERM is what Ctrl-C is, and both end a query."""
    signal.signal(signal.SIGTERM, _stop)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a shell has it ignored for background work
        signal.signal(signal.SIGINT, _stop)


def ends_queries_of(connection: duckdb.DuckDBPyConnection) -> None:
    """A signal ends what this connection is at work on."""
    _connections.add(connection)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    """End the queries, then the work: DuckDB by itself waits for threads that may not end before the query does."""
    for connection in list(_connections):
        from duckdb import ConnectionException  # not before there is one: the signal may come while duckdb is imported

        with contextlib.suppress(ConnectionException):  # closed
            connection.interrupt()
    raise KeyboardInterrupt

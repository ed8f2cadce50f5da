"""What two runs are compared by: what went in, the periods and their figures, and what each cause still moves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from tieout.settings import Settings
from tieout.store import Reader, policy_of, run_id, sql_text


@dataclass(frozen=True, slots=True)
class Period:
    """An accounting period; periods stand in the order of time."""

    name: str
    is_complete: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One run. Money in functional currency.

    ``as_of`` in DuckDB's own words; ``is_as_of_given``: somebody asked for it. ``files``: source, table, name, rows
    loaded and sha256. ``figures`` by period, book and name; ``causes``: Σ |amount|; ``materiality`` by period.
    ``reported``: the periods that the run set out to report.
    """

    run_id: str
    company: str
    currency: str
    decimals: int
    as_of: str
    is_as_of_given: bool
    files: list[tuple[str, str, str, int, str]]
    periods: list[Period]
    figures: dict[tuple[str, str, str], Decimal]
    causes: dict[str, Decimal]
    materiality: dict[str, Decimal]
    reported: list[str]
    tie_out: list[dict[str, Any]]

    @property
    def tables_read(self) -> list[tuple[str, str, str]]:
        """Source, table and file of everything that was read."""
        return [(source, table, name) for source, table, name, _, _ in self.files]

    def is_of(self, settings: Settings, inputs: Sequence[tuple[str, str, str]], as_of: datetime | None) -> bool:
        """Would a run with these settings and inputs be this very run? ``inputs``: table, name and sha256."""
        if as_of is None and self.is_as_of_given:
            return False
        return self.run_id == run_id(inputs, policy_of(settings), self.as_of if as_of is None else _as_text(as_of))


def published(database: Path) -> Snapshot | None:
    """What is published now, if it was reconciled, by a tieout that left all that is compared."""
    if not database.is_symlink() or not database.exists():
        return None
    try:
        return read(database)
    except (duckdb.CatalogException, duckdb.BinderException):
        return None


def read(database: Path) -> Snapshot:
    """A run, published or drafted."""
    reader = Reader(database)
    try:
        return _read(reader.connection)
    finally:
        reader.connection.close()


def _read(connection: duckdb.DuckDBPyConnection) -> Snapshot:
    def rows(query: str) -> list[tuple[Any, ...]]:
        return connection.execute(query).fetchall()

    ((identity, as_of, reported),) = rows("select run_id, as_of::varchar, reported from this_run")
    ((company, currency, decimals, is_given),) = rows(
        "select company, currency, decimals, as_of is not null from settings"
    )
    return Snapshot(
        run_id=identity,
        company=company,
        currency=currency,
        decimals=decimals,
        as_of=as_of,
        is_as_of_given=is_given,
        files=rows('select source, "table", file, rows_loaded, sha256 from source_files order by all'),
        periods=[
            Period(*row)
            for row in rows("select period, is_complete, closed_at is not null from periods order by number")
        ],
        figures={(*key,): amount for *key, amount in rows(sql_text("reporting/schedule/period_figures"))},
        causes=dict(rows(sql_text("reporting/schedule/open_causes"))),
        materiality=dict(rows("select period, materiality from materiality")),
        reported=json.loads(reported or "[]"),
        tie_out=connection.sql("from tie_out").to_arrow_table().to_pylist(),
    )


def _as_text(moment: datetime) -> str:
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        ((text,),) = connection.execute("select ?::timestamptz::varchar", [moment]).fetchall()
    return str(text)

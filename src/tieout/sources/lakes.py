"""Tables of lakes: Delta through deltalake, Iceberg through pyiceberg.

DuckDB reads both by extensions that it downloads, which many finance networks refuse.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

from tieout.canonical.files import quoted
from tieout.canonical.tables import TABLES
from tieout.errors import ConfigError, NotInstalled, UnknownName, UnreadableTable
from tieout.settings import Settings, SourceSettings
from tieout.sources import mapping
from tieout.sources.expression import columns, parse
from tieout.sources.stored import CREDENTIALS, Origin, StoredTable, by_own_names, words

_SCHEME = "://"
_CORRECT_CATALOG = "Correct source.catalog, source.path or source.version, or the catalog's own configuration."


def find(settings: Settings, source: SourceSettings, number: int) -> StoredTable:
    """The table that a source names; raises ``NotInstalled``, ``ConfigError`` or ``UnreadableTable``."""
    if CREDENTIALS.search(source.path):
        remedy = "Give it in the environment, as the storage's own tools take it."
        raise ConfigError(settings.path, "source.path", "holds a password", remedy)
    if source.table is None:
        raise ConfigError(settings.path, "source.table", "is missing", "Name the canonical table that it fills.")
    if source.table not in TABLES:
        raise UnknownName(f"table (in {settings.path}, source.table)", source.table, TABLES)
    table, name = TABLES[source.table], f"{source.path}#{source.table}"
    if source.columns is None:
        known, key = by_own_names(table, f"{source.format}_{number}"), table.key
    else:
        known = mapping.format_of(settings.path, source, number)
        parts = [source.columns[part] for part in table.key if part in source.columns]
        key = tuple(dict.fromkeys(name for part in parts for name in columns(parse(part))))
    origin: Origin
    try:
        origin = _delta(settings.root, source) if source.format == "delta" else _iceberg(settings.root, source)
    except ImportError as error:
        raise NotInstalled("deltalake" if source.format == "delta" else "pyiceberg", "lakes") from error
    except Exception as error:  # each library has its own
        remedy = _CORRECT_CATALOG if source.catalog else "Correct source.path or source.version in tieout.toml."
        problem = f"cannot be opened as a table of {source.format} ({words(error)})"
        raise UnreadableTable(source.path, problem, remedy) from None
    return StoredTable(source, name, known, key, origin)


def _place(root: Path, source: SourceSettings) -> str:
    return source.path if _SCHEME in source.path else str(root / source.path)


def _delta(root: Path, source: SourceSettings) -> Delta:
    from deltalake import DeltaTable

    return Delta(DeltaTable(_place(root, source), version=source.version))


def _iceberg(root: Path, source: SourceSettings) -> Iceberg:
    from pyiceberg.catalog import load_catalog
    from pyiceberg.table import StaticTable

    if source.catalog is not None:
        return Iceberg(load_catalog(source.catalog).load_table(source.path), source.version)
    return Iceberg(StaticTable.from_metadata(_place(root, source)), source.version)


class Delta:
    """A Delta table at one version."""

    def __init__(self, table: Any) -> None:
        self._table = table
        self.version: str | None = f"version {table.version()} of table {table.metadata().id}"

    def columns(self) -> list[str]:
        """The names of its columns, in order."""
        return [field.name for field in self._table.schema().fields]

    def rows(self, columns: list[str]) -> pa.RecordBatchReader:
        """These columns of all rows."""
        from deltalake import QueryBuilder

        query = f"select {', '.join(map(quoted, columns))} from stored"
        return pa.RecordBatchReader.from_stream(QueryBuilder().register("stored", self._table).execute(query))

    def close(self) -> None:
        """Nothing is held open."""


class Iceberg:
    """An Iceberg table at one snapshot; one that nothing was ever written to has none."""

    def __init__(self, table: Any, snapshot: int | None) -> None:
        current = table.current_snapshot()
        chosen = snapshot if snapshot is not None else current.snapshot_id if current else None
        self._scan = table.scan(snapshot_id=chosen)
        self._names = [field.name for field in self._scan.projection().fields]
        self.version: str | None = f"snapshot {chosen} of table {table.metadata.table_uuid}"

    def columns(self) -> list[str]:
        """The names of its columns, in order."""
        return self._names

    def rows(self, columns: list[str]) -> pa.RecordBatchReader:
        """These columns of all rows."""
        return self._scan.select(*columns).to_arrow_batch_reader()

    def close(self) -> None:
        """Nothing is held open."""

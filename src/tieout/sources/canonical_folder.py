"""A folder with one file per canonical table: ``<table>.csv``, ``<table>.parquet``, or parts ``<table>/*.parquet``."""

from __future__ import annotations

from pathlib import Path

from tieout.canonical.files import SourceFile
from tieout.canonical.tables import TABLES
from tieout.errors import MissingFile, UnreadableFile

_ENDINGS = (".csv", ".parquet")


def find(source: str, folder: Path) -> list[SourceFile]:
    """The files of a canonical folder, in the order of their names; raises where there is none or two for a table."""
    if not folder.is_dir():
        raise MissingFile(folder, "Correct source.path in tieout.toml.")
    found = []
    for table in TABLES:
        paths = _paths(folder, table)
        found += [SourceFile(source, f"{source.rstrip('/')}/{path.relative_to(folder)}", path, table) for path in paths]
    if not found:
        expected = ", ".join(f"{table}.csv" for table in ("order_lines", "stock_events", "gl_lines"))
        raise UnreadableFile(folder, "holds no canonical table", f"Put files such as {expected} there.")
    return found


def _paths(folder: Path, table: str) -> list[Path]:
    single = [folder / f"{table}{ending}" for ending in _ENDINGS if (folder / f"{table}{ending}").exists()]
    parts = sorted((folder / table).glob("*.parquet"))
    if len(single) + bool(parts) > 1:
        raise UnreadableFile(folder, f"has table {table} more than once", "Keep one of csv, parquet and parts.")
    for path in single:
        if path.is_dir():
            raise UnreadableFile(path, "is a folder, not a file", "Put the file itself there.")
    return single + parts

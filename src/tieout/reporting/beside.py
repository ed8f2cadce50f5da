"""The figures of a page as files beside it: each table behind its exhibits, and the SQL that makes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import duckdb

from tieout.company import Company
from tieout.reporting import export
from tieout.store import sql_text

MAX_ROWS = 50_000  # of one table, so that a report stays small; the page says so, and the export has all of them


@dataclass(frozen=True)
class Saved:
    """A table saved as ``<link>.csv``, with ``rows`` of its ``total``; ``<link>.sql`` where SQL makes it."""

    link: str
    rows: int
    total: int
    has_sql: bool

    @property
    def is_cut(self) -> bool:
        """Whether the file lacks rows of the table."""
        return self.rows < self.total


def save(company: Company, period: str, tables: Iterable[str], folder: Path) -> dict[str, Saved]:
    """Write each of ``tables`` into ``folder``, which is made if there are any: of ``period`` where they have periods.

    Rows are in the order of their columns, so that the same table gives the same bytes.
    """
    return {name: _save(company, period, name, folder) for name in tables}


def _save(company: Company, period: str, name: str, folder: Path) -> Saved:
    folder.mkdir(exist_ok=True)
    table = company.arrow(name, period, period)
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.register("read", table)
        kept = connection.sql("from read order by all limit $rows", params={"rows": MAX_ROWS}).to_arrow_table()
    export.write_csv(kept, folder / f"{name}.csv")
    source = company.sql_file(name)
    has_sql = source.endswith(".sql")
    if has_sql:
        (folder / f"{name}.sql").write_text(sql_text(source.removesuffix(".sql")), encoding="utf-8", newline="\n")
    return Saved(f"{quote(folder.name)}/{name}", kept.num_rows, table.num_rows, has_sql)
